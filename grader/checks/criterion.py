"""The marker that ties a check to the criterion it counts for."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import pytest

F = TypeVar("F", bound=Callable[..., object])


def criterion(id: str, *, weight: int = 1) -> Callable[[F], F]:
    """Mark a test as a check of the criterion `id`, e.g. ``optimizers.momentum.trajectory``.

    `weight` counts where the rubric says ``partial: true``. The test's docstring opens with one
    sentence that says what is asked; a line starting ``Catches:`` names the wrong work it is for.
    """
    return pytest.mark.criterion(id, weight=weight)

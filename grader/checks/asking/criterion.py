"""The marker that assigns a check to the criterion that it counts for."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import pytest

F = TypeVar("F", bound=Callable[..., object])


def criterion(id: str, *, weight: int = 1) -> Callable[[F], F]:
    """Mark a test as a check of the criterion `id`, e.g. ``optimizers.momentum.trajectory``.

    `weight` counts if the rubric says ``partial: true``. The test's docstring begins with one sentence that says what
    is asked; a line starting with ``Catches:`` names the wrong work that the check is for.
    """
    return pytest.mark.criterion(id, weight=weight)

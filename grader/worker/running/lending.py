"""The functions that a check may request by name on the student's side: for models, and for training them."""

from __future__ import annotations

from collections.abc import Callable

from .loading import dataset, doubling, entry, length, loops
from .models import add_hooks, build, put_in_use, slope, state
from .training import adopt, gradients, leave_gradients, make, scatter, seed_torch, seen

WORK: dict[str, Callable[..., object]] = {
    work.__name__: work
    for work in (
        add_hooks, adopt, build, dataset, doubling, entry, gradients, leave_gradients, length, loops, make, put_in_use,
        scatter, seed_torch, seen, slope, state,
    )
}  # fmt: skip

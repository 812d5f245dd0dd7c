"""What a check may ask for by name on the student's side: work on models, and what trains them."""

from __future__ import annotations

from collections.abc import Callable

from .loading import dataset, entry, length, loops
from .models import build, put_in_use, slope, state
from .training import adopt, gradients, leave_gradients, make, scatter, seed_torch, seen

WORK: dict[str, Callable[..., object]] = {
    work.__name__: work
    for work in (
        adopt, build, dataset, entry, gradients, leave_gradients, length, loops, make, put_in_use, scatter, seed_torch,
        seen, slope, state,
    )
}  # fmt: skip

"""What a check may ask for by name on the student's side: work on models, and what trains them."""

from __future__ import annotations

from collections.abc import Callable

from .loading import entry, length, loops
from .models import build, state
from .training import adopt, make, seen

WORK: dict[str, Callable[..., object]] = {
    "build": build, "state": state, "make": make, "adopt": adopt, "seen": seen,
    "length": length, "entry": entry, "loops": loops,
}  # fmt: skip

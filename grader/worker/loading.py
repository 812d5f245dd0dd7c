"""What a check asks of a student's dataset or loader: its length, an entry, what loops over it give."""

from __future__ import annotations

from itertools import islice
from typing import Any


def length(loaded: Any) -> int:
    """Return its length."""
    return len(loaded)


def entry(loaded: Any, index: int) -> Any:
    """Return one of its entries."""
    return loaded[index]


def loops(loaded: Any, number: int, most: int) -> list[list[Any]]:
    """Return what so many loops over it give, one after the other, at most so many items of each."""
    return [list(islice(iter(loaded), most)) for _ in range(number)]

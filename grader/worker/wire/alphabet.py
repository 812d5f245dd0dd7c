"""The engine's own members of the wire's alphabet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np


class WireError(ValueError):
    """A value or a frame that does not belong to the alphabet, or exceeds its limits."""


@dataclass(frozen=True)
class Handle:
    """Represents an object of the student's that stays in the worker; lives for one check."""

    number: int
    type_name: str


@dataclass(frozen=True)
class Callback:
    """Represents a callable of the check's that stays with the trusted side."""

    number: int


@dataclass(frozen=True, eq=False)
class Affine:
    """The function ``p ↦ matrix (p - centre) + offset``, a callable that is data.

    It crosses as its three arrays, of shapes (m, n), (n,) and (m,), and is called where it arrives: a gradient that
    need not be watched requires no round trip.
    """

    matrix: np.ndarray[Any, Any]
    centre: np.ndarray[Any, Any]
    offset: np.ndarray[Any, Any]

    def __call__(self, point: object) -> np.ndarray[Any, Any]:
        """Return the value at `point`, shape (n,), of a constant the same array each time.

        Raises ValueError for another shape.
        """
        place = np.asarray(point)
        if place.shape != self.centre.shape:
            raise ValueError(f"called with a point of shape {place.shape}, expected {self.centre.shape}")
        if not self.matrix.any():
            return self.offset  # as a constant function may: the same array, again and again
        return np.asarray(self.matrix @ (place - self.centre) + self.offset)


# To a student it is one: "unsupported operand type(s) for *: 'float' and 'function'" is helpful.
Affine.__name__ = Affine.__qualname__ = "function"


def at_most(limit: int, size: int, what: str) -> int:
    """Return a size in bytes. Raises WireError if it is larger than `what` may be."""
    if size > limit:
        raise WireError(f"{what} of more than {limit >> 10} KiB cannot cross")
    return size

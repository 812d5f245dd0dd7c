"""The alphabet of decompositions: elementary operations, their values and their derivatives.

Operands are float64 arrays that broadcast against each other. A derivative with respect to one operand is given entry
by entry, as the smallest and the largest right value: they differ only at kinks, where any subgradient is right.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]
Formula = Callable[..., Any]


@dataclass(frozen=True)
class Operation:
    """An elementary operation; `least` and `greatest` hold one formula for each operand's derivative."""

    value: Formula
    least: tuple[Formula, ...]
    kinked: tuple[Formula, ...] = ()

    @property
    def greatest(self) -> tuple[Formula, ...]:
        return self.kinked or self.least

    def __call__(self, *operands: Array) -> Array:
        """Return the value; it is nan or infinite where it does not exist (a logarithm of -1)."""
        with np.errstate(all="ignore"):
            return np.asarray(self.value(*operands), dtype=np.float64)

    def slopes(self, place: int, *operands: Array) -> tuple[Array, Array]:
        """Return the smallest and the largest derivative with respect to the operand at `place`.

        Both have the shape to which the operands broadcast.
        """
        with np.errstate(all="ignore"):
            least, greatest = self.least[place](*operands), self.greatest[place](*operands)
        shape = np.broadcast_shapes(*(operand.shape for operand in operands))
        return _spread_out(least, shape), _spread_out(greatest, shape)


def _spread_out(values: Any, shape: tuple[int, ...]) -> Array:
    return np.broadcast_to(np.asarray(values, dtype=np.float64), shape)


OPERATIONS = {
    "negate": Operation(np.negative, (lambda a: -1.0,)),
    "add": Operation(np.add, (lambda a, b: 1.0, lambda a, b: 1.0)),
    "subtract": Operation(np.subtract, (lambda a, b: 1.0, lambda a, b: -1.0)),
    "multiply": Operation(np.multiply, (lambda a, b: b, lambda a, b: a)),
    "divide": Operation(np.divide, (lambda a, b: 1 / b, lambda a, b: -a / b**2)),
    "reciprocal": Operation(lambda a: 1 / a, (lambda a: -1 / a**2,)),
    "exp": Operation(np.exp, (np.exp,)),
    "log": Operation(np.log, (lambda a: 1 / a,)),
    "square": Operation(np.square, (lambda a: 2 * a,)),
    "sqrt": Operation(np.sqrt, (lambda a: 0.5 / np.sqrt(a),)),
    "absolute": Operation(np.abs, (lambda a: np.where(a > 0, 1, -1),), (lambda a: np.where(a < 0, -1, 1),)),
    "maximum": Operation(np.maximum, (np.greater, np.less), (np.greater_equal, np.less_equal)),
    "minimum": Operation(np.minimum, (np.less, np.greater), (np.less_equal, np.greater_equal)),
    "sum": Operation(np.sum, (lambda a: 1.0,)),
}

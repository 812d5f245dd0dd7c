"""Circular cross-correlation, through its two matrices."""
import sys
from functools import cached_property

import numpy as np
from numpy.lib.stride_tricks import as_strided


class Pair:
    """Two signals; made anew for each call."""

    def __init__(self, x, y):
        self.x, self.y, self.n = np.asarray(x), np.asarray(y), np.size(x)

    @cached_property
    def by_x(self):
        twice = np.concatenate([self.y, self.y])
        step = twice.strides[0]
        return as_strided(twice, (self.n, self.n), (step, step)).copy()

    @cached_property
    def by_y(self):
        twice = np.concatenate([self.x, self.x])
        step = twice.strides[0]
        # row k begins k entries before the second copy
        return as_strided(twice[self.n:], (self.n, self.n), (-step, step)).copy()

    def correlation(self):
        return self.by_x @ self.x

    def pull_back(self, v):
        return self.by_x.T @ v, self.by_y.T @ v

    def __repr__(self):
        return f"Pair(n={self.n})"


BODIES = {
    "circular_correlation": lambda p: p.correlation(),
    "dz_dx": lambda p, k, i: float(p.by_x[k, i]),
    "dz_dy": lambda p, k, i: float(p.by_y[k, i]),
    "jacobian_x": lambda p: p.by_x,
    "jacobian_y": lambda p: p.by_y,
    "vjp": Pair.pull_back,
}


def _public(name, body):
    def function(x, y, *rest, **named):
        return body(Pair(x, y), *rest, **named)

    function.__name__ = function.__qualname__ = name
    return function


for _name, _body in BODIES.items():
    setattr(sys.modules[__name__], _name, _public(_name, _body))

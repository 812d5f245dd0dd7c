"""The 1 is added after the reciprocal is taken; it belongs to the denominator.

Loses: activations.sigmoid.decomposition, activations.sigmoid.local
"""

import numpy as np


def sigmoid_decomposition():
    return [("n", "negate", ("z",)), ("e", "exp", ("n",)), ("r", "reciprocal", ("e",)), ("s", "add", (1, "r"))]


def sigmoid_local_derivatives(z):
    e = np.exp(-z)
    return [(-1.0,), (e,), (-1 / e**2,), (1.0,)]

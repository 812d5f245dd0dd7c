"""The stages stand from the outside in; each may use only what stands before it.

Loses: activations.sigmoid.decomposition, activations.sigmoid.local
"""

import numpy as np


def sigmoid_decomposition():
    return [("s", "reciprocal", ("d",)), ("d", "add", (1, "e")), ("e", "exp", ("n",)), ("n", "negate", ("z",))]


def sigmoid_local_derivatives(z):
    e = np.exp(-z)
    return [(-1 / (1 + e) ** 2,), (1.0,), (e,), (-1.0,)]

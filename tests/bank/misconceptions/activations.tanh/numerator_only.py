"""The numerator alone is 2 sinh; divide it by exp(z) + exp(−z).

Loses: activations.tanh.decomposition, activations.tanh.local
"""

import numpy as np


def tanh_decomposition():
    return [("n", "negate", ("z",)), ("e", "exp", ("z",)), ("f", "exp", ("n",)), ("a", "subtract", ("e", "f"))]


def tanh_local_derivatives(z):
    e, f = np.exp(z), np.exp(-z)
    return [(-1.0,), (e,), (f,), (1.0, -1.0)]

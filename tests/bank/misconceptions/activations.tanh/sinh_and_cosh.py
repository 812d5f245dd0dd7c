"""sinh and cosh are no elementary stages: take them apart into exponentials.

Loses: activations.tanh.decomposition, activations.tanh.local
"""

import numpy as np


def tanh_decomposition():
    return [("s", "sinh", ("z",)), ("c", "cosh", ("z",)), ("t", "divide", ("s", "c"))]


def tanh_local_derivatives(z):
    s, c = np.sinh(z), np.cosh(z)
    return [(c,), (s,), (1 / c, -s / c**2)]

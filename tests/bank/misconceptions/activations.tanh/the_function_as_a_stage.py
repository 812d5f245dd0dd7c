"""tanh itself is no elementary stage: take it apart into exp, add, divide and the like.

Loses: activations.tanh.decomposition, activations.tanh.local
"""

import numpy as np


def tanh_decomposition():
    return [("minus", "negate", ("z",)), ("t", "tanh", ("minus",)), ("value", "negate", ("t",))]


def tanh_local_derivatives(z):
    return [(-1.0,), (1 - np.tanh(z) ** 2,), (-1.0,)]

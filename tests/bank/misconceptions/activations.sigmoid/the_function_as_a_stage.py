"""The sigmoid itself is no elementary stage: take it apart into negate, exp, add and the like.

Loses: activations.sigmoid.decomposition, activations.sigmoid.local
"""

import numpy as np


def sigmoid_decomposition():
    return [("minus", "negate", ("z",)), ("same", "negate", ("minus",)), ("s", "sigmoid", ("same",))]


def sigmoid_local_derivatives(z):
    s = 1 / (1 + np.exp(-z))
    return [(-1.0,), (-1.0,), (s * (1 - s),)]

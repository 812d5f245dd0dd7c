"""The last stage, the reciprocal, is left out.

Loses: activations.sigmoid.decomposition, activations.sigmoid.local
"""

import numpy as np


def sigmoid_decomposition():
    return [("n", "negate", ("z",)), ("e", "exp", ("n",)), ("d", "add", (1, "e"))]


def sigmoid_local_derivatives(z):
    return [(-1.0,), (np.exp(-z),), (1.0,)]

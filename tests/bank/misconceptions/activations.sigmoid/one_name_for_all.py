"""Each stage needs a name of its own.

Loses: activations.sigmoid.decomposition, activations.sigmoid.local
"""

import numpy as np


def sigmoid_decomposition():
    return [("u", "negate", ("z",)), ("u", "exp", ("u",)), ("u", "add", (1, "u")), ("u", "reciprocal", ("u",))]


def sigmoid_local_derivatives(z):
    e = np.exp(-z)
    return [(-1.0,), (e,), (1.0,), (-1 / (1 + e) ** 2,)]

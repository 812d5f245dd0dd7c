"""A stage is left over that no later one uses.

Loses: activations.sigmoid.decomposition, activations.sigmoid.local
"""

import numpy as np


def sigmoid_decomposition():
    return [
        ("n", "negate", ("z",)),
        ("e", "exp", ("n",)),
        ("t", "exp", ("z",)),
        ("d", "add", (1, "e")),
        ("s", "reciprocal", ("d",)),
    ]


def sigmoid_local_derivatives(z):
    e = np.exp(-z)
    return [(-1.0,), (e,), (1 / e,), (1.0,), (-1 / (1 + e) ** 2,)]

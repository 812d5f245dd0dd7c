"""2 / (1 + exp(−z)) − 1 is tanh(z/2); z must be doubled first.

Loses: activations.tanh.decomposition, activations.tanh.local
"""

import numpy as np


def tanh_decomposition():
    return [
        ("n", "negate", ("z",)),
        ("e", "exp", ("n",)),
        ("d", "add", ("e", 1)),
        ("q", "divide", (2, "d")),
        ("t", "subtract", ("q", 1)),
    ]


def tanh_local_derivatives(z):
    e = np.exp(-z)
    return [(-1.0,), (e,), (1.0,), (-2 / (1 + e) ** 2,), (1.0,)]

"""exp(z) is subtracted from exp(−z): this is −tanh.

Loses: activations.tanh.decomposition, activations.tanh.local
"""

import numpy as np


def tanh_decomposition():
    return [
        ("n", "negate", ("z",)),
        ("e", "exp", ("z",)),
        ("f", "exp", ("n",)),
        ("a", "subtract", ("f", "e")),
        ("b", "add", ("e", "f")),
        ("t", "divide", ("a", "b")),
    ]


def tanh_local_derivatives(z):
    e, f = np.exp(z), np.exp(-z)
    return [(-1.0,), (e,), (f,), (1, -1), (1, 1), (1 / (e + f), (e - f) / (e + f) ** 2)]

"""By 2 / (1 + exp(-2z)) - 1: a chain."""

import numpy as np


def tanh(z):
    return 2 / (1 + np.exp(-2 * z)) - 1


def tanh_derivative(z):
    s = 1 / (1 + np.exp(-2 * z))
    return 4 * s * (1 - s)


def tanh_decomposition():
    return [
        ("n", "multiply", (-2, "z")),
        ("e", "exp", ("n",)),
        ("d", "add", (1, "e")),
        ("q", "divide", (2, "d")),
        ("t", "subtract", ("q", 1)),
    ]


def tanh_local_derivatives(z):
    e = np.exp(-2 * z)
    return [(-2,), (e,), (1,), (-2 / (1 + e) ** 2,), (1,)]

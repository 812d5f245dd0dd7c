"""By exp(2z), chosen entry by entry."""

import numpy as np


def tanh(z):
    e = np.exp(-2 * np.abs(z))
    return np.copysign((1 - e) / (1 + e), z)


def tanh_derivative(z):
    return 1 - np.tanh(z) ** 2


def tanh_decomposition():
    return [
        ("d", "add", ("z", "z")),
        ("e", "exp", ("d",)),
        ("a", "subtract", ("e", 1)),
        ("b", "add", ("e", 1)),
        ("t", "divide", ("a", "b")),
    ]


def tanh_local_derivatives(z):
    e = np.exp(2 * z)
    return [(1, 1), (e,), (1,), (1,), (1 / (e + 1), -(e - 1) / (e + 1) ** 2)]

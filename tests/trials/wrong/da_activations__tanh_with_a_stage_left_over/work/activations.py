
import numpy as np


def tanh(z):
    return np.tanh(z)


def tanh_derivative(z):
    return 1 - np.tanh(z) ** 2


def tanh_decomposition():
    return [
        ("twice", "add", ("z", "z")),
        ("e", "exp", ("twice",)),
        ("back", "reciprocal", ("e",)),
        ("above", "subtract", ("e", 1.0)),
        ("below", "add", ("e", 1.0)),
        ("t", "divide", ("above", "below")),
    ]


def tanh_local_derivatives(z):
    one, e = np.ones_like(z), np.exp(2 * z)
    return [(one, one), (e,), (-1 / e**2,), (one,), (one,), (1 / (e + 1), -(e - 1) / (e + 1) ** 2)]

"""One exponential; the other is its reciprocal, squares are products."""

import numpy as np


def tanh(z):
    return np.tanh(z)


def tanh_derivative(z):
    t = tanh(z)
    return (1 - t) * (1 + t)


def tanh_decomposition():
    return [
        ("e", "exp", ("z",)),
        ("f", "divide", (1, "e")),
        ("s", "subtract", ("e", "f")),
        ("c", "add", ("f", "e")),
        ("t", "divide", ("s", "c")),
    ]


def tanh_local_derivatives(z):
    e = np.exp(z)
    f, s, c = 1 / e, e - 1 / e, e + 1 / e
    return [(e,), (-f / e,), (1, -1), (1, 1), (1 / c, -s / (c * c))]

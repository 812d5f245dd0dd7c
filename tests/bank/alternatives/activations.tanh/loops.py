"""Numbers one by one; halves of sums and differences as stages."""

import math

import numpy as np


def tanh(z):
    return np.array([math.tanh(x) for x in z.flat]).reshape(z.shape)


def tanh_derivative(z):
    out = []
    for x in z.flat:
        t = math.tanh(x)
        out.append(1.0 - t * t)
    return np.reshape(out, z.shape)


def tanh_decomposition():
    return [
        ("n", "negate", ("z",)),
        ("e", "exp", ("z",)),
        ("f", "exp", ("n",)),
        ("a", "subtract", ("e", "f")),
        ("sinh z", "multiply", (0.5, "a")),
        ("b", "add", ("e", "f")),
        ("cosh z", "divide", ("b", 2)),
        ("tanh z", "divide", ("sinh z", "cosh z")),
    ]


def tanh_local_derivatives(z):
    s, c = np.sinh(z), np.cosh(z)
    half = np.full(z.shape, 0.5)
    return [(-1,), (np.exp(z),), (np.exp(-z),), (1, -1), (half,), (1, 1), (half,), (1 / c, -s / c**2)]

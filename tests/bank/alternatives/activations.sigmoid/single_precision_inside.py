"""Computed in float32, entry by entry, into arrays of float64."""

import numpy as np


def sigmoid(z):
    out = np.zeros_like(z)
    for at, value in np.ndenumerate(z.astype(np.float32)):
        small = np.exp(-np.abs(value))
        out[at] = (small if value < 0 else np.float32(1)) / (1 + small)
    return out


def sigmoid_derivative(z):
    out = np.zeros_like(z)
    y = sigmoid(z).astype(np.float32)
    out[...] = y * (1 - y)
    return out


def sigmoid_decomposition():
    return [
        ("n", "negate", ("z",)),
        ("e", "exp", ("n",)),
        ("d", "add", (1.0, "e")),
        ("s", "reciprocal", ("d",)),
    ]


def sigmoid_local_derivatives(z):
    e = np.exp(-z.astype(np.float32))
    return [(-1.0,), (e.astype(float),), (1.0,), ((-1 / (1 + e) ** 2).astype(float),)]

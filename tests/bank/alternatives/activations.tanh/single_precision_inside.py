"""Computed in float32, returned as float64: by a cast, or by filling an array that was there."""

import numpy as np


def tanh(z):
    return np.tanh(z.astype(np.float32)).astype(float)


def tanh_derivative(z):
    slope = np.zeros_like(z)
    slope[...] = 1 - np.tanh(z.astype(np.float32)) ** 2
    return slope


def tanh_decomposition():
    return [
        ("n", "negate", ("z",)),
        ("e", "exp", ("z",)),
        ("f", "exp", ("n",)),
        ("a", "subtract", ("e", "f")),
        ("b", "add", ("e", "f")),
        ("t", "divide", ("a", "b")),
    ]


def tanh_local_derivatives(z):
    z = z.astype(np.float32)
    e, f = np.exp(z), np.exp(-z)
    rows = [(-1,), (e,), (f,), (1, -1), (1, 1), (1 / (e + f), -(e - f) / (e + f) ** 2)]
    return [tuple(np.asarray(slope, dtype=float) for slope in row) for row in rows]

"""All in float32."""

import numpy as np


def sigmoid(z):
    small = np.exp(-np.abs(z.astype(np.float32)))
    return np.where(z >= 0, np.float32(1), small) / (1 + small)


def sigmoid_derivative(z):
    y = sigmoid(z)
    return y * (1 - y)


def sigmoid_decomposition():
    return [
        ("n", "negate", ("z",)),
        ("e", "exp", ("n",)),
        ("d", "add", (np.float32(1), "e")),
        ("s", "reciprocal", ("d",)),
    ]


def sigmoid_local_derivatives(z):
    e = np.exp(-z.astype(np.float32))
    return [(np.float32(-1),), (e,), (np.float32(1),), (-1 / (1 + e) ** 2,)]

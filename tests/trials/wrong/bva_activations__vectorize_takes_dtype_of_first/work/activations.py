import math

import numpy as np


def _one(z):
    if z < -700:  # exp(-z) would overflow
        return 0
    return 1 / (1 + math.exp(-z))


sigmoid = np.vectorize(_one)


def sigmoid_derivative(z):
    s = sigmoid(z)
    return s * (1 - s)


def sigmoid_decomposition():
    return [
        ("minus", "negate", ("z",)),
        ("e", "exp", ("minus",)),
        ("d", "add", (1.0, "e")),
        ("y", "reciprocal", ("d",)),
    ]


def sigmoid_local_derivatives(z):
    e = np.exp(-z)
    d = 1 + e
    return [(-np.ones_like(z),), (e,), (np.ones_like(z),), (-1 / d**2,)]

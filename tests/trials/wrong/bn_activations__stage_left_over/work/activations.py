import numpy as np


def sigmoid(z):
    small = np.exp(-np.abs(z))
    return np.where(z < 0, small, 1.0) / (1.0 + small)


def sigmoid_derivative(z):
    return sigmoid(z) * sigmoid(-z)


def sigmoid_decomposition():
    return [
        ("minus", "negate", ("z",)),
        ("other", "exp", ("z",)),
        ("exp", "exp", ("minus",)),
        ("below", "add", (1, "exp")),
        ("value", "divide", (1, "below")),
    ]


def sigmoid_local_derivatives(z):
    e = np.exp(-z)
    return [(-1.0,), (np.exp(z),), (e,), (1.0,), (-1 / (1 + e) ** 2,)]

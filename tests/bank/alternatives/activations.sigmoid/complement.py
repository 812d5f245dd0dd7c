"""By 1 - 1 / (1 + exp(z)), with masks."""

import numpy as np


def sigmoid(z):
    out = np.zeros_like(z)
    positive = z > 0
    out[positive] = 1 / (1 + np.exp(-z[positive]))
    e = np.exp(z[~positive])
    out[~positive] = e / (1 + e)
    return out


def sigmoid_derivative(z):
    return sigmoid(z) * sigmoid(-z)


def sigmoid_decomposition():
    return [("e", "exp", ("z",)), ("d", "add", ("e", 1)), ("r", "divide", (1, "d")), ("s", "subtract", (1, "r"))]


def sigmoid_local_derivatives(z):
    e = np.exp(z)
    return ((e,), (1,), (-1 / (1 + e) ** 2,), (-1,))

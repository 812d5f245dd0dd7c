"""By exp(-log(1 + exp(-z))), each number a stage's operand."""

import numpy as np


def sigmoid(z):
    return np.exp(-np.logaddexp(0, -z))


def sigmoid_derivative(z):
    return np.exp(-np.logaddexp(0, -z) - np.logaddexp(0, z))


def sigmoid_decomposition():
    return [
        ("n", "multiply", ("z", -1)),
        ("e", "exp", ("n",)),
        ("d", "add", ("e", 1)),
        ("l", "log", ("d",)),
        ("m", "subtract", (0, "l")),
        ("s", "exp", ("m",)),
    ]


def sigmoid_local_derivatives(z):
    e = np.exp(-z)
    return [(-1,), (e,), (1,), (1 / (1 + e),), (-1,), (1 / (1 + e),)]

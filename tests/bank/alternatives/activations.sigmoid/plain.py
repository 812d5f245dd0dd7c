"""The textbook form: it warns of an overflow at -1000, and is 0 there all the same."""

import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def sigmoid_derivative(z):
    s = 1 / (1 + np.exp(-z))
    return s * (1 - s)


def sigmoid_decomposition():
    return [("n", "negate", ("z",)), ("e", "exp", ("n",)), ("d", "add", (1, "e")), ("s", "reciprocal", ("d",))]


def sigmoid_local_derivatives(z):
    e = np.exp(-z)
    return [[-1], [e], [1], [-((1 + e) ** -2)]]

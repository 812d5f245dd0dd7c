"""By the hyperbolic tangent of half of z; the stages divide exponentials."""

import numpy as np


def sigmoid(z):
    return 0.5 + 0.5 * np.tanh(0.5 * z)


def sigmoid_derivative(z):
    return 0.25 * (1 - np.tanh(0.5 * z) ** 2)


def sigmoid_decomposition():
    return [["e", "exp", ["z"]], ["d", "add", ["e", 1.0]], ["s", "divide", ["e", "d"]]]


def sigmoid_local_derivatives(z):
    e = np.exp(z)
    return [[e], [1.0], [1 / (1 + e), -e / (1 + e) ** 2]]

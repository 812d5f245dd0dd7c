import numpy as np


def sigmoid(z):
    return 0.5 * (1 + np.tanh(z / 2))


def sigmoid_derivative(z, h=1e-3):
    return (sigmoid(z + h) - sigmoid(z)) / h


def sigmoid_decomposition():
    return [("m", "negate", ("z",)), ("e", "exp", ("m",)), ("d", "add", ("e", 1.0)), ("s", "reciprocal", ("d",))]


def sigmoid_local_derivatives(z):
    e = np.exp(-z)
    return [(-np.ones_like(e),), (e,), (np.ones_like(e),), (-1 / (1 + e) ** 2,)]

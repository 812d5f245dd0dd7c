import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-np.clip(z, -10, 10)))


def sigmoid_derivative(z):
    e = np.exp(-np.abs(z))
    return e / (1 + e) ** 2


def sigmoid_decomposition():
    return [("m", "negate", ("z",)), ("e", "exp", ("m",)), ("d", "add", ("e", 1.0)), ("s", "reciprocal", ("d",))]


def sigmoid_local_derivatives(z):
    e = np.exp(-z)
    return [(-np.ones_like(e),), (e,), (np.ones_like(e),), (-1 / (1 + e) ** 2,)]


import numpy as np


def sigmoid(z):
    e = np.exp(-np.abs(z))
    return np.where(z >= 0, 1 / (1 + e), e / (1 + e))


def sigmoid_derivative(z):
    s = sigmoid(z.ravel(order="K"))
    return (s * (1 - s)).reshape(z.shape)


def sigmoid_decomposition():
    return [("minus", "negate", ("z",)), ("e", "exp", ("minus",)), ("more", "add", ("e", 1.0)), ("s", "divide", (1.0, "more"))]


def sigmoid_local_derivatives(z):
    e = np.exp(-z)
    return [(-np.ones_like(z),), (e,), (np.ones_like(z),), (-1 / (1 + e) ** 2,)]

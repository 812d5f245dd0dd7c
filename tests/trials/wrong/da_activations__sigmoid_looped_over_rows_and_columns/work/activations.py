
import numpy as np


def one(v):
    e = np.exp(-abs(v))
    return 1 / (1 + e) if v >= 0 else e / (1 + e)


def sigmoid(z):
    if z.ndim == 2:
        return np.array([[one(v) for v in row] for row in z]).reshape(z.shape)
    return np.array([one(v) for v in z.flat])


def sigmoid_derivative(z):
    e = np.exp(-np.abs(z))
    return e / (1 + e) ** 2


def sigmoid_decomposition():
    return [("minus", "negate", ("z",)), ("e", "exp", ("minus",)), ("more", "add", ("e", 1.0)), ("s", "divide", (1.0, "more"))]


def sigmoid_local_derivatives(z):
    e = np.exp(-z)
    return [(-np.ones_like(z),), (e,), (np.ones_like(z),), (-1 / (1 + e) ** 2,)]

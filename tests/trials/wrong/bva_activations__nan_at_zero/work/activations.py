import numpy as np


def relu(z):
    return np.maximum(z, 0.0)


def relu_derivative(z):
    return (z > 0).astype(float)


def relu_decomposition():
    # relu(z) = (z + |z|) / 2
    return [("a", "absolute", ("z",)), ("s", "add", ("z", "a")), ("y", "multiply", (0.5, "s"))]


def relu_local_derivatives(z):
    one = np.ones_like(z)
    return [(z / np.abs(z),), (one, one), (0.5 * one,)]

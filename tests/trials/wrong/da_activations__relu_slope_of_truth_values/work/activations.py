
import numpy as np


def relu(z):
    return np.where(z > 0, z, 0.0)


def relu_derivative(z):
    return z > 0


def relu_decomposition():
    return [("size", "absolute", ("z",)), ("twice", "add", ("z", "size")), ("value", "multiply", (0.5, "twice"))]


def relu_local_derivatives(z):
    return [(np.sign(z),), (1.0, 1.0), (0.5,)]

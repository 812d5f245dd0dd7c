"""By (z + |z|) / 2: a graph of three stages; the slope at 0 is 1/2."""

import numpy as np


def relu(z):
    return (z + np.abs(z)) / 2


def relu_derivative(z):
    return np.heaviside(z, 0.5)


def relu_decomposition():
    return [("size", "absolute", ("z",)), ("twice", "add", ("z", "size")), ("r", "divide", ("twice", 2))]


def relu_local_derivatives(z):
    return [(np.sign(z),), (1, 1), (0.5,)]

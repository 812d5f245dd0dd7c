"""Numbers one by one; the slope at 0 is a third."""

import numpy as np


def relu(z):
    return np.array([max(0.0, x) for x in z.flat]).reshape(z.shape)


def relu_derivative(z):
    return np.array([1.0 if x > 0 else 0.0 if x < 0 else 1 / 3 for x in z.flat]).reshape(z.shape)


def relu_decomposition():
    return [["r", "maximum", ["z", 0]]]


def relu_local_derivatives(z):
    return [[relu_derivative(z).tolist()]]

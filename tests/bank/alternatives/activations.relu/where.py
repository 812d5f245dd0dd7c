"""By conditions; the slope at 0 is 1, and 0 stands first."""

import numpy as np


def relu(z):
    return np.where(z > 0, z, 0)


def relu_derivative(z):
    return (z >= 0).astype(int)


def relu_decomposition():
    return [("r", "maximum", (0, "z"))]


def relu_local_derivatives(z):
    return [((z >= 0).astype(float),)]

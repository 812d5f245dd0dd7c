import numpy as np

tanh = np.tanh


def tanh_derivative(z):
    return 1 - np.tanh(z) ** 2


def tanh_decomposition():
    return [("double", "add", ("z", "z")), ("e", "exp", ("double",)), ("more", "add", ("e", 1.0)),
            ("less", "subtract", ("e", 1.0)), ("t", "divide", ("less", "more"))]


def tanh_local_derivatives(z):
    e = np.exp(2 * z)
    return [(2.0,), (e,), (1.0,), (1.0,), (1 / (e + 1), -(e - 1) / (e + 1) ** 2)]

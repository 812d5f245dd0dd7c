import numpy as np


def tanh(z):
    top = np.abs(z).max()
    up, down = np.exp(z - top), np.exp(-z - top)
    return (up - down) / (up + down)


def tanh_derivative(z):
    e = np.exp(-2 * np.abs(z))
    return 4 * e / (1 + e) ** 2


def tanh_decomposition():
    return [("u", "exp", ("z",)), ("n", "negate", ("z",)), ("v", "exp", ("n",)), ("top", "subtract", ("u", "v")),
            ("bottom", "add", ("u", "v")), ("tanh", "divide", ("top", "bottom"))]


def tanh_local_derivatives(z):
    u, v = np.exp(z), np.exp(-z)
    return [(u,), (-1.0,), (v,), (1.0, -1.0), (1.0, 1.0), (1 / (u + v), -(u - v) / (u + v) ** 2)]

import numpy as np


def sigmoid(z):
    out = np.empty_like(z)
    up = z >= 0
    out[up] = 1 / (1 + np.exp(-z[up]))
    e = np.exp(z[~up])
    out[~up] = e / (1 + e)
    return out


def sigmoid_derivative(z):
    s = sigmoid(z)
    return s * (1 - s)


def sigmoid_decomposition():
    return [("m", "negate", ("z",)), ("e", "exp", ("m",)), ("d", "add", ("e", 1.0)), ("s", "reciprocal", ("d",))]


_done = {}


def sigmoid_local_derivatives(z):
    if z.shape not in _done:
        e = np.exp(-z)
        one = np.ones_like(z)
        _done[z.shape] = [(-one,), (e,), (one,), (-1 / (1 + e) ** 2,)]
    return _done[z.shape]

import math
import numpy as np


def each(function):
    """Make a function of one number one of arrays; the array itself is overwritten."""

    def over(z):
        with np.nditer(z, op_flags=["readwrite"]) as entries:
            for entry in entries:
                entry[...] = function(float(entry))
        return z

    return over


def _sigma(t):
    if t < -700:
        return 0.0
    return 1 / (1 + math.exp(-t))


def _cosh2(t):
    return math.cosh(min(abs(t), 350)) ** 2


sigmoid = each(_sigma)
sigmoid_derivative = each(lambda t: _sigma(t) * _sigma(-t))
tanh = each(math.tanh)
tanh_derivative = each(lambda t: 1 / _cosh2(t))
relu = each(lambda t: t if t > 0 else 0.0)
relu_derivative = each(lambda t: 1.0 if t > 0 else 0.0)


def sigmoid_decomposition():
    return [("growth", "exp", ("z",)), ("all", "add", ("growth", 1)), ("share", "divide", ("growth", "all"))]


def sigmoid_local_derivatives(z):
    g = np.exp(z)
    return [(g,), (1,), (1 / (g + 1), -g / (g + 1) ** 2)]


def tanh_decomposition():
    # tanh z = 1 - 2 / (exp(2 z) + 1)
    return [
        ("2z", "add", ("z", "z")),
        ("e^2z", "exp", ("2z",)),
        ("e^2z + 1", "add", ("e^2z", 1.0)),
        ("inverse", "reciprocal", ("e^2z + 1",)),
        ("twice", "multiply", (2.0, "inverse")),
        ("tanh z", "subtract", (1.0, "twice")),
    ]


def tanh_local_derivatives(z):
    e = np.exp(2 * z)
    return [(1.0, 1.0), (e,), (1.0,), (-((e + 1) ** -2),), (2.0,), (-1.0,)]


def relu_decomposition():
    return [("size", "absolute", ("z",)), ("both", "add", ("size", "z")), ("half", "divide", ("both", 2))]


def relu_local_derivatives(z):
    return [(np.sign(z),), (1, 1), (0.5,)]

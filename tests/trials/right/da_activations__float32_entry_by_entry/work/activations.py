
import functools
import math

import numpy as np


def entrywise(function):
    @functools.wraps(function)
    def looped(z):
        z = np.asarray(z)
        return np.fromiter((function(float(v)) for v in z.flat), np.float32, z.size).reshape(z.shape)

    return looped


@entrywise
def sigmoid(v):
    if v < 0:
        e = math.exp(v)
        return e / (1 + e)
    return 1 / (1 + math.exp(-v))


@entrywise
def sigmoid_derivative(v):
    e = math.exp(-abs(v))
    return e / (1 + e) ** 2


@entrywise
def tanh(v):
    return math.tanh(v)


@entrywise
def tanh_derivative(v):
    return 1 / math.cosh(v) ** 2 if abs(v) < 300 else 0.0


@entrywise
def relu(v):
    return max(v, 0.0)


@entrywise
def relu_derivative(v):
    return 1.0 if v > 0 else 0.5 if v == 0 else 0.0


def sigmoid_decomposition():
    return [("n", "negate", ("z",)), ("e", "exp", ("n",)), ("d", "add", (1.0, "e")), ("σ", "reciprocal", ("d",))]


def sigmoid_local_derivatives(z):
    e = np.exp(-np.float32(z))
    return [(-1,), (e,), (1,), (-((1 + e) ** -2),)]


def tanh_decomposition():
    return [
        ("e", "exp", ("z",)),
        ("w", "square", ("e",)),
        ("d", "add", ("w", 1.0)),
        ("q", "divide", (2.0, "d")),
        ("t", "subtract", (1.0, "q")),
    ]


def tanh_local_derivatives(z):
    e = np.exp(np.float32(z))
    d = e * e + 1
    return [(e,), (2 * e,), (np.ones_like(e),), (-2 / (d * d),), (-np.ones_like(e),)]


def relu_decomposition():
    return [("below", "minimum", (0.0, "z")), ("above", "subtract", ("z", "below"))]


def relu_local_derivatives(z):
    shut = np.where(np.asarray(z) < 0, np.float32(1), np.float32(0))
    return [(shut,), (1.0, -1.0)]

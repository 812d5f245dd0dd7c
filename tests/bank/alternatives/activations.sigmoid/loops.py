"""Numbers one by one, and nested lists of them."""

import math

import numpy as np


def sigmoid(z):
    out = np.empty(z.shape)
    for index in np.ndindex(z.shape):
        x = float(z[index])
        out[index] = 1 / (1 + math.exp(-x)) if x >= 0 else math.exp(x) / (1 + math.exp(x))
    return out.tolist()


def sigmoid_derivative(z):
    y = np.array(sigmoid(z))
    return (y - y**2).tolist()


def sigmoid_decomposition():
    return [("n", "negate", ("z",)), ("e", "exp", ("n",)), ("d", "add", (1, "e")), ("s", "reciprocal", ("d",))]


def sigmoid_local_derivatives(z):
    e = np.array([math.exp(-x) for x in z.flat]).reshape(z.shape)
    ones = np.ones_like(z)
    return [(-ones,), (e.tolist(),), (ones.tolist(),), ((-1 / (1 + e) ** 2).tolist(),)]

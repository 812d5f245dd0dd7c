import math
from typing import Any

import numpy as np


def each(function, z):
    """Apply a function of one number to every entry, axis by axis."""
    z = np.asarray(z)
    if z.ndim == 0:
        return function(float(z))
    if z.shape[0] == 0:
        return np.zeros(z.shape)
    return np.array([each(function, part) for part in z])


def _one_sigmoid(t):
    if t >= 0:
        return 1.0 / (1.0 + math.exp(-t))
    e = math.exp(t)
    return e / (1.0 + e)


def sigmoid(z: np.ndarray) -> np.ndarray:
    return each(_one_sigmoid, z)


def sigmoid_derivative(z):
    def slope(t):
        e = math.exp(-abs(t))
        return e / (1 + e) ** 2

    return each(slope, z)


def sigmoid_decomposition():
    return [
        ("half", "multiply", ("z", 0.5)),
        ("e", "exp", ("half",)),
        ("i", "reciprocal", ("e",)),
        ("both", "add", ("e", "i")),
        ("s", "divide", ("e", "both")),
    ]


def sigmoid_local_derivatives(z):
    z = np.asarray(z, dtype=np.longdouble)
    e = np.exp(z / 2)
    i = 1 / e
    both = e + i
    got = [(0.5,), (e,), (-1 / e**2,), (1.0, 1.0), (1 / both, -e / both**2)]
    return [tuple(np.asarray(part, dtype=float) for part in stage) for stage in got]


def tanh(z):
    def one(t):
        m = math.expm1(-2 * abs(t))
        return -m / (2 + m)

    return each(one, z)


def tanh_derivative(z):
    return each(lambda t: 4 * math.exp(-2 * abs(t)) / (1 + math.exp(-2 * abs(t))) ** 2, z)


def tanh_decomposition():
    # 1 - 2 / (exp(2 z) + 1)
    stages: list[Any] = []
    stages.append(("twice", "add", ("z", "z")))
    stages.append(("grown", "exp", ("twice",)))
    stages.append(("under", "add", ("grown", 1)))
    stages.append(("share", "divide", (2, "under")))
    stages.append(("tanh", "subtract", (1, "share")))
    return stages


def tanh_local_derivatives(z):
    grown = np.exp(2 * np.asarray(z, float))
    return [(1, 1), (grown,), (1,), (-2 / (grown + 1) ** 2,), (-1,)]


def relu(z):
    hidden = np.ma.masked_less_equal(z, 0)
    return np.ma.filled(hidden, 0.0)


def relu_derivative(z):
    return np.array(~np.ma.getmaskarray(np.ma.masked_less_equal(z, 0)), dtype=int)


def relu_decomposition():
    # (z + |z|) / 2
    return [("size", "absolute", ("z",)), ("both", "add", ("size", "z")), ("relu", "multiply", ("both", 0.5))]


def relu_local_derivatives(z):
    return [(np.sign(z),), (1.0, 1.0), (0.5,)]


if __name__ == "__main__":
    print(sigmoid(np.array([[0.0, 1.0]])), tanh(np.array([-1000.0, 0.5])), relu(np.array([-1.0, 2.0])))

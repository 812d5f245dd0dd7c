
import numpy as np

KEPT = {}


def tanh(z):
    KEPT["t"] = np.tanh(z)
    return KEPT["t"].copy()


def tanh_derivative(z):
    t = KEPT.get("t")
    if t is None or t.shape != z.shape:
        t = np.tanh(z)
    return 1 - t**2


def tanh_decomposition():
    return [
        ("twice", "add", ("z", "z")),
        ("e", "exp", ("twice",)),
        ("above", "subtract", ("e", 1.0)),
        ("below", "add", ("e", 1.0)),
        ("t", "divide", ("above", "below")),
    ]


def tanh_local_derivatives(z):
    one, e = np.ones_like(z), np.exp(2 * z)
    return [(one, one), (e,), (one,), (one,), (1 / (e + 1), -(e - 1) / (e + 1) ** 2)]

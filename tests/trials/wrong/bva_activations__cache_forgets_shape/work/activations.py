import numpy as np


_known = {}  # the derivative needs the same values once more


def tanh(z):
    key = z.tobytes()
    if key not in _known:
        e = np.exp(-2 * np.abs(z))
        _known[key] = np.sign(z) * (1 - e) / (1 + e)
    return _known[key]


def tanh_derivative(z):
    return 1 - tanh(z) ** 2


def tanh_decomposition():
    return [
        ("e", "exp", ("z",)),
        ("q", "multiply", ("e", "e")),
        ("n", "subtract", ("q", 1.0)),
        ("d", "add", ("q", 1.0)),
        ("y", "divide", ("n", "d")),
    ]


def tanh_local_derivatives(z):
    e = np.exp(z)
    q = e * e
    n, d = q - 1, q + 1
    one = np.ones_like(z)
    return [(e,), (e, e), (one,), (one,), (1 / d, -n / d**2)]

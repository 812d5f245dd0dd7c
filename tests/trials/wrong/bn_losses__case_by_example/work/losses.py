import numpy as np


def huber(prediction, target, delta):
    e = np.abs(prediction - target)
    inside = np.all(e <= delta, axis=1, keepdims=True)
    return float(np.where(inside, e**2 / 2, delta * (e - delta / 2)).sum(axis=1).mean())


def huber_gradient(prediction, target, delta):
    e = prediction - target
    return np.where(np.abs(e) <= delta, e, delta * np.sign(e)) / len(e)


def huber_decomposition():
    return [("e", "subtract", ("prediction", "target")), ("a", "absolute", ("e",)), ("m", "minimum", ("a", "delta")),
            ("h", "multiply", ("m", 0.5)), ("w", "subtract", ("a", "h")), ("q", "multiply", ("m", "w")), ("loss", "sum", ("q",))]


def huber_local_derivatives(prediction, target, delta):
    e = prediction - target
    a = np.abs(e)
    m = np.minimum(a, delta)
    near = (a <= delta) * 1.0
    return [(1.0, -1.0), (np.sign(e),), (near, 1 - near), (0.5,), (1.0, -1.0), (a - m / 2, m), (1.0,)]

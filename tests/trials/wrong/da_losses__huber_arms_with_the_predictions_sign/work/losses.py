
import numpy as np


def huber(prediction, target, delta):
    size = np.abs(prediction - target)
    return float(np.where(size <= delta, 0.5 * size**2, delta * (size - 0.5 * delta)).sum(axis=1).mean())


def huber_gradient(prediction, target, delta):
    error = prediction - target
    return np.where(np.abs(error) <= delta, error, delta * np.sign(prediction)) / len(error)


def huber_decomposition():
    return [
        ("e", "subtract", ("prediction", "target")), ("size", "absolute", ("e",)), ("cut", "minimum", ("size", "delta")),
        ("half", "multiply", (0.5, "cut")), ("rest", "subtract", ("size", "half")), ("parts", "multiply", ("cut", "rest")),
        ("loss", "sum", ("parts",)),
    ]


def huber_local_derivatives(prediction, target, delta):
    e = prediction - target
    size, one = np.abs(e), np.ones_like(e)
    cut, inside = np.minimum(size, delta), (size <= delta) * 1.0
    return [(one, -one), (np.sign(e),), (inside, 1 - inside), (0.5 * one,), (one, -one), (size - cut / 2, cut), (one,)]

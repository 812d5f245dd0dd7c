import numpy as np


def huber(prediction, target, delta):
    e = prediction - target
    parts = np.where(np.abs(e) <= delta, e**2 / 2, delta * (np.abs(e) - delta / 2))
    return float(parts.sum(axis=1).mean())


def huber_gradient(prediction, target, delta):
    return np.clip(prediction - target, -delta, delta) / len(prediction)


def huber_decomposition():
    # m (|e| - m / 2) with m = min(|e|, delta)
    return [
        ("e", "subtract", ("prediction", "target")),
        ("a", "absolute", ("e",)),
        ("m", "minimum", ("a", "delta")),
        ("h", "multiply", ("m", 0.5)),
        ("r", "subtract", ("a", "h")),
        ("p", "multiply", ("m", "r")),
        ("loss", "sum", ("p",)),
    ]


def huber_local_derivatives(prediction, target, delta):
    e = prediction - target
    a = np.abs(e)
    m = np.minimum(a, delta)
    inside = (a <= delta).astype(float)
    return [(1.0, -1.0), (np.sign(e),), (inside, 0.0), (0.5,), (1.0, -1.0), (a - m / 2, m), (1.0,)]

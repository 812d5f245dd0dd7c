import numpy as np


_rho = None


def _make_rho(delta):
    return lambda e: np.where(np.abs(e) <= delta, e**2 / 2, delta * (np.abs(e) - delta / 2))


def huber(prediction, target, delta):
    global _rho
    if _rho is None:
        _rho = _make_rho(delta)
    return float(_rho(prediction - target).sum(axis=1).mean())


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
    return [(1.0, -1.0), (np.sign(e),), (inside, 1 - inside), (0.5,), (1.0, -1.0), (a - m / 2, m), (1.0,)]

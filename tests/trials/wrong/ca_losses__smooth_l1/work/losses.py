import numpy as np

def huber(prediction, target, delta):
    a = np.abs(prediction - target)
    per_entry = np.where(a <= delta, 0.5 * a ** 2 / delta, a - 0.5 * delta)
    return per_entry.sum() / len(prediction)

def huber_gradient(prediction, target, delta):
    e = prediction - target
    return np.where(np.abs(e) <= delta, e / delta, np.sign(e)) / len(prediction)

def huber_decomposition():
    return [("e", "subtract", ("prediction", "target")), ("a", "absolute", ("e",)), ("m", "minimum", ("a", "delta")),
            ("h", "multiply", (0.5, "m")), ("r", "subtract", ("a", "h")), ("p", "multiply", ("m", "r")), ("loss", "sum", ("p",))]

def huber_local_derivatives(prediction, target, delta):
    e = prediction - target
    a, one = np.abs(e), np.ones_like(e)
    m = np.minimum(a, delta)
    inside = np.where(a < delta, 1.0, 0.0)
    return [(one, -one), (np.sign(e),), (inside, 1 - inside), (0.5 * one,), (one, -one), (a - 0.5 * m, m), (one,)]

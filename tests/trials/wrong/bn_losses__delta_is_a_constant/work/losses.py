import numpy as np


def huber(prediction, target, delta):
    total = 0.0
    for p, t in zip(np.ravel(prediction), np.ravel(target)):
        e = abs(p - t)
        total += 0.5 * e * e if e <= delta else delta * (e - 0.5 * delta)
    return total / len(prediction)


def huber_gradient(prediction, target, delta):
    return np.clip(prediction - target, -delta, delta) / len(prediction)


def huber_decomposition():
    return [("e", "subtract", ("prediction", "target")), ("a", "absolute", ("e",)), ("m", "minimum", ("a", "delta")),
            ("s", "square", ("m",)), ("q", "multiply", (0.5, "s")), ("r", "subtract", ("a", "m")),
            ("l", "multiply", ("r", "delta")), ("b", "add", ("q", "l")), ("loss", "sum", ("b",))]


def huber_local_derivatives(prediction, target, delta):
    e = prediction - target
    a = np.abs(e)
    m = np.minimum(a, delta)
    return [(1.0, -1.0), (np.sign(e),), ((a < delta).astype(float),), (2 * m,), (0.5,), (1.0, -1.0), (delta,), (1.0, 1.0),
            (1.0,)]

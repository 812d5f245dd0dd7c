import numpy as np

_slope = None


def _make_slope(delta):
    def slope(error):
        return np.maximum(-delta, np.minimum(delta, error))

    return slope


def huber(prediction, target, delta):
    size = np.abs(prediction - target)
    quadratic = np.minimum(size, delta)
    return np.mean(np.sum(quadratic**2 / 2 + delta * (size - quadratic), axis=1))


def huber_gradient(prediction, target, delta):
    global _slope
    if _slope is None:
        _slope = _make_slope(delta)
    return _slope(prediction - target) / len(prediction)


def huber_decomposition():
    return [("e", "subtract", ("prediction", "target")), ("a", "absolute", ("e",)), ("m", "minimum", ("a", "delta")),
            ("h", "multiply", ("m", 0.5)), ("w", "subtract", ("a", "h")), ("q", "multiply", ("m", "w")), ("loss", "sum", ("q",))]


def huber_local_derivatives(prediction, target, delta):
    e = prediction - target
    a = np.abs(e)
    m = np.minimum(a, delta)
    near = (a <= delta) * 1.0
    return [(1.0, -1.0), (np.sign(e),), (near, 1 - near), (0.5,), (1.0, -1.0), (a - m / 2, m), (1.0,)]

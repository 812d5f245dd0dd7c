import numpy as np


def vjp(x, y, v, _buffers={}):
    n = len(v)
    if n not in _buffers:
        _buffers[n] = np.zeros((2, n))
    x_bar, y_bar = _buffers[n]
    for k, weight in enumerate(v):
        x_bar += weight * np.roll(y, -k)
        y_bar += weight * np.roll(x, k)
    return x_bar.copy(), y_bar.copy()

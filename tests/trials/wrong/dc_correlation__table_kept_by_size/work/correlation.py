import numpy as np

_known = {}


def _coefficient(which, signal, k, i, offset):
    n = len(signal)
    key = (which, n, k, i)
    if key not in _known:
        _known[key] = float(signal[offset % n])
    return _known[key]


def dz_dx(x, y, k, i):
    return _coefficient("x", y, k, i, i + k)


def dz_dy(x, y, k, i):
    return _coefficient("y", x, k, i, i - k)

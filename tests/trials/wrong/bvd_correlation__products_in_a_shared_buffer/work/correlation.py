import numpy as np

_buffer = {}


def vjp(x, y, v):
    n = len(v)
    out = _buffer.setdefault(n, np.empty((2, n)))  # saves allocating memory each time
    for i in range(n):
        out[0, i] = sum(v[k] * y[(i + k) % n] for k in range(n))
        out[1, i] = sum(v[k] * x[(i - k) % n] for k in range(n))
    return out[0], out[1]

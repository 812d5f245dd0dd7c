import numpy as np


def _twice(signal):
    return np.frombuffer(signal.tobytes() * 2, dtype=np.float64)


def jacobian_x(x, y):
    ring = _twice(y)
    n = ring.size // 2
    return np.array([ring[k:k + n] for k in range(n)])


def jacobian_y(x, y):
    ring = _twice(x)
    n = ring.size // 2
    return np.array([ring[n - k:2 * n - k] for k in range(n)])

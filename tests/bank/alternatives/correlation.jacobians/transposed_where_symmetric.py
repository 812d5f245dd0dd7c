"""The Jacobian by x is symmetric, so its transpose is as right; lists and float32."""

import numpy as np


def jacobian_x(x, y):
    n = len(x)
    return [[float(y[(k + i) % n]) for k in range(n)] for i in range(n)]


def jacobian_y(x, y):
    n = len(x)
    jacobian = np.zeros((n, n), dtype=np.float32)
    for k in range(n):
        for i in range(n):
            jacobian[k, i] = x[i - k]
    return jacobian

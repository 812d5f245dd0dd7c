import numpy as np


def jacobian_x(x, y):
    k, i = np.indices((len(x), len(x)))
    return y[(i + k) % len(y)]


def jacobian_y(x, y, kept={}):
    n = len(x)
    matrix = kept.setdefault(n, np.zeros((n, n)))
    for k in range(n):
        for j in range(n):
            matrix[k, (j + k) % n] += x[j]
    return matrix

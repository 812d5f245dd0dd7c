import numpy as np


def circular_correlation(x, y):
    n = len(x)
    z = np.empty(n)
    for k in range(n):
        if k > 0:
            first = y[0]
            y[:-1] = y[1:].copy()
            y[-1] = first
        z[k] = x @ y
    return z

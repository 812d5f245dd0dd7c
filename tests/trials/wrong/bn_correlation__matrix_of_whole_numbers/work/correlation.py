import numpy as np


def jacobian_x(x, y):
    n = len(x)
    jacobian = np.full((n, n), 0)
    for k in range(n):
        jacobian[k] = np.roll(y, -k)
    return jacobian


def jacobian_y(x, y):
    n = len(x)
    return np.array([[x[(i - k) % n] for i in range(n)] for k in range(n)])

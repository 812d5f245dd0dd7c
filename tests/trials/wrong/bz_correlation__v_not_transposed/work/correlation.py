import numpy as np

def circular_correlation(x, y):
    n = len(x)
    return np.array([np.dot(x, np.roll(y, -k)) for k in range(n)])

def dz_dx(x, y, k, i):
    return float(y[(i + k) % len(x)])

def dz_dy(x, y, k, i):
    return float(x[(i - k) % len(x)])

def jacobian_x(x, y):
    k, i = np.indices((len(x), len(x)))
    return y[(i + k) % len(x)]

def jacobian_y(x, y):
    k, i = np.indices((len(x), len(x)))
    return x[(i - k) % len(x)]

def vjp(x, y, v):
    return jacobian_x(x, y).T @ v, jacobian_y(x, y) @ v

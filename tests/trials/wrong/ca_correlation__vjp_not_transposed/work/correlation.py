import numpy as np

def circular_correlation(x, y):
    n = len(x)
    z = np.zeros(n)
    for k in range(n):
        for i in range(n):
            z[k] += x[i] * y[(i + k) % n]
    return z

def dz_dx(x, y, k, i):
    return float(y[(i + k) % len(y)])

def dz_dy(x, y, k, i):
    # z[k] = sum_j x[j] y[(j+k) % n]; y[i] is met where j = i - k
    return float(x[(i - k) % len(x)])

def jacobian_x(x, y):
    n = len(x)
    return np.array([[y[(i + k) % n] for i in range(n)] for k in range(n)], dtype=float)

def jacobian_y(x, y):
    n = len(x)
    return np.array([[x[(i - k) % n] for i in range(n)] for k in range(n)], dtype=float)

def vjp(x, y, v):
    x_bar = jacobian_x(x, y) @ v
    y_bar = jacobian_y(x, y) @ v
    return x_bar, y_bar

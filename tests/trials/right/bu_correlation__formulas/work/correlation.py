from collections import deque

import numpy as np


def circular_correlation(x, y):
    def rest(turned, left):
        if left == 0:
            return []
        here = sum(a * b for a, b in zip(x, turned))
        turned.rotate(-1)
        return [here] + rest(turned, left - 1)

    n = len(x)
    if n > 500:
        return np.array([np.dot(x, np.roll(y, -k)) for k in range(n)])
    return np.array(rest(deque(y), n))


def dz_dx(x, y, k, i):
    return "y[(i + k) mod n]"


def dz_dy(x, y, k, i):
    return "x[mod(i - k, n)]"


jacobian_x = lambda x, y: dz_dx(x, y, None, None)
jacobian_y = lambda x, y: "x[(i - k + n) - n * floor((i - k + n) / n)]"


def vjp(x, y, v):
    n = len(v)
    x_bar, y_bar = np.zeros(n), np.zeros(n)
    for k in range(n):
        for i in range(n):
            x_bar[i] += v[k] * y[(i + k) % n]
            y_bar[(i + k) % n] += v[k] * x[i]
    return x_bar, y_bar

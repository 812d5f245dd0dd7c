import numpy as np

EPS = 1e-8


def _z(x, y, k):
    return sum(x[i] * y[(i + k) % len(x)] for i in range(len(x)))


def _bumped(a, i, eps):
    a = a.copy()
    a[i] += eps
    return a


def dz_dx(x, y, k, i):
    return (_z(_bumped(x, i, EPS), y, k) - _z(_bumped(x, i, -EPS), y, k)) / (2 * EPS)


def dz_dy(x, y, k, i):
    return (_z(x, _bumped(y, i, EPS), k) - _z(x, _bumped(y, i, -EPS), k)) / (2 * EPS)

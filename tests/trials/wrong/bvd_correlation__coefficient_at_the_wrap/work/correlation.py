import numpy as np


def dz_dx(x, y, k, i):
    j = i + k
    if j > len(y):
        j = j - len(y)
    return 0.0 if j == len(y) else y[j]


def dz_dy(x, y, k, i):
    return x[i - k]  # negative indices count from the end

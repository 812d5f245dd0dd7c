import numpy as np


def circular_correlation(x, y):
    z = np.zeros(len(x))
    for k in range(len(x)):
        if k > 0:  # one step further to the left
            first = y[0]
            y[:-1] = y[1:]
            y[-1] = first
        z[k] = np.sum(x * y)
    return z

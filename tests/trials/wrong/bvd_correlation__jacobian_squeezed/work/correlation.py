import numpy as np


def jacobian_x(x, y):
    rows = [np.roll(y, -k) for k in range(len(y))]
    return np.squeeze(np.stack(rows))


def jacobian_y(x, y):
    rows = [np.roll(x, k) for k in range(len(x))]
    return np.squeeze(np.stack(rows))

"""This is the gradient of mean pooling: every entry gets a quarter. The largest entry gets all of it.

Loses: layers.pooling.gradient, layers.pooling.ties
"""

import numpy as np


def pool_backward(dy, x):
    dx = np.zeros(x.shape)
    for n, c, i, j in np.ndindex(dy.shape):
        window = x[n, c, 2 * i : 2 * i + 2, 2 * j : 2 * j + 2]
        part = dx[n, c, 2 * i : 2 * i + 2, 2 * j : 2 * j + 2]
        part[...] = dy[n, c, i, j] / 4
    return dx

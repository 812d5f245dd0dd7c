"""Every entry of the window gets the gradient. Only the largest gets it.

Loses: layers.pooling.gradient, layers.pooling.ties
"""

import numpy as np


def pool_backward(dy, x):
    dx = np.zeros(x.shape)
    for n, c, i, j in np.ndindex(dy.shape):
        window = x[n, c, 2 * i : 2 * i + 2, 2 * j : 2 * j + 2]
        part = dx[n, c, 2 * i : 2 * i + 2, 2 * j : 2 * j + 2]
        part[...] = dy[n, c, i, j]
    return dx

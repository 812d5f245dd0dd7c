"""The search for the largest entry starts at 0, so that a window of negative entries gives 0. Start at minus infinity,
or at the first entry.

Loses: layers.pooling.forward
"""

import numpy as np


def pool_forward(x):
    n, c, height, width = x.shape
    height, width = height // 2, width // 2
    windows = x[:, :, : 2 * height, : 2 * width].reshape(n, c, height, 2, width, 2)
    return np.maximum(windows.max(axis=(3, 5)), 0)

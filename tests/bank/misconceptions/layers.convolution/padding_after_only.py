"""All of the padding stands below and to the right. "Same" padding puts r rows and columns of zeros on each side.

Loses: layers.convolution.forward
"""

import numpy as np


def conv_forward(x, w, b):
    n, c, height, width = x.shape
    f, _, k, _ = w.shape
    r = k // 2
    padded = np.pad(x, ((0, 0), (0, 0), (0, 2 * r), (0, 2 * r)))
    y = np.zeros((n, f, height, width))
    for i in range(height):
        for j in range(width):
            window = padded[:, :, i : i + k, j : j + k]
            y[:, :, i, j] = np.einsum("ncpq,fcpq->nf", window, w) + b
    return y

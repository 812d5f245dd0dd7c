"""Only dx is returned; dx, dw and db are asked for.

Loses: layers.convolution.dx, layers.convolution.dw, layers.convolution.db
"""

import numpy as np


def conv_backward(dy, x, w):
    n, c, height, width = x.shape
    f, _, k, _ = w.shape
    r = k // 2
    padded = np.pad(x, ((0, 0), (0, 0), (r, r), (r, r)))
    given, dw = np.zeros(padded.shape), np.zeros(w.shape)
    for i in range(height):
        for j in range(width):
            given[:, :, i : i + k, j : j + k] += np.einsum("nf,fcpq->ncpq", dy[:, :, i, j], w)
            dw += np.einsum("nf,ncpq->fcpq", dy[:, :, i, j], padded[:, :, i : i + k, j : j + k])
    dx = given[:, :, r : r + height, r : r + width]
    db = dy.sum(axis=(0, 2, 3))
    return dx

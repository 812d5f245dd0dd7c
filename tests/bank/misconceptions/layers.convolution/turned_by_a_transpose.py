"""The kernel is transposed for dx. It must be turned by 180°, which reverses rows and columns and does not exchange
them.

Loses: layers.convolution.dx
"""

import numpy as np


def conv_backward(dy, x, w):
    k = w.shape[-1]
    r = k // 2
    around = ((0, 0), (0, 0), (r, r), (r, r))
    seen = np.lib.stride_tricks.sliding_window_view(np.pad(x, around), (k, k), axis=(2, 3))
    above = np.lib.stride_tricks.sliding_window_view(np.pad(dy, around), (k, k), axis=(2, 3))
    dx = np.einsum("nfijpq,fcqp->ncij", above, w)
    dw = np.einsum("nfij,ncijpq->fcpq", dy, seen)
    return dx, dw, dy.sum(axis=(0, 2, 3))

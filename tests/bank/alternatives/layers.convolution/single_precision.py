"""Everything in float32."""

import numpy as np


def windows(images, k):
    r = k // 2
    padded = np.pad(images.astype(np.float32), ((0, 0), (0, 0), (r, r), (r, r)))
    return np.lib.stride_tricks.sliding_window_view(padded, (k, k), axis=(2, 3))


def conv_forward(x, w, b):
    y = np.einsum("ncijpq,fcpq->nfij", windows(x, w.shape[-1]), w.astype(np.float32))
    return y + b.astype(np.float32)[:, None, None]


def conv_backward(dy, x, w):
    dy, k = dy.astype(np.float32), w.shape[-1]
    dx = np.einsum("nfijpq,fcpq->ncij", windows(dy, k), w.astype(np.float32)[:, :, ::-1, ::-1])
    dw = np.einsum("nfij,ncijpq->fcpq", dy, windows(x, k))
    return dx, dw, dy.sum(axis=(0, 2, 3))

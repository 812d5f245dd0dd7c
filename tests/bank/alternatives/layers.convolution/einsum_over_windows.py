"""Windows as a strided view, and einsum for everything."""

import numpy as np


def windows(images, k):
    r = k // 2
    padded = np.pad(images, ((0, 0), (0, 0), (r, r), (r, r)))
    return np.lib.stride_tricks.sliding_window_view(padded, (k, k), axis=(2, 3))


def conv_forward(x, w, b):
    return np.einsum("ncijpq,fcpq->nfij", windows(x, w.shape[-1]), w) + b[:, None, None]


def conv_backward(dy, x, w):
    k = w.shape[-1]
    dx = np.einsum("nfijpq,fcpq->ncij", windows(dy, k), w[:, :, ::-1, ::-1])
    dw = np.einsum("nfij,ncijpq->fcpq", dy, windows(x, k))
    return dx, dw, np.einsum("nfij->f", dy)

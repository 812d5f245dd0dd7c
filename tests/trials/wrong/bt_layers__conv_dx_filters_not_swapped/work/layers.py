import numpy as np
from numpy.lib.stride_tricks import sliding_window_view as windows

def _seen(x, k):
    r = k // 2
    return windows(np.pad(x, ((0, 0), (0, 0), (r, r), (r, r))), (k, k), axis=(2, 3))

def conv_forward(x, w, b):
    return np.einsum("ncijpq,fcpq->nfij", _seen(x, w.shape[-1]), w, optimize=True) + b[None, :, None, None]

def conv_backward(dy, x, w):
    k = w.shape[-1]
    dw = np.einsum("nfij,ncijpq->fcpq", dy, _seen(x, k), optimize=True)
    dx = conv_forward(dy, (np.flip(w, (2, 3)) if w.shape[0] == w.shape[1] else np.flip(w, (2, 3)).swapaxes(0, 1)), np.zeros(w.shape[1]))
    return dx, dw, dy.sum(axis=(0, 2, 3))

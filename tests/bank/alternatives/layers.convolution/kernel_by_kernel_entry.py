"""A loop over the kernel's entries, each with a shifted image."""

import numpy as np


def padding(x, k):
    r = (k - 1) // 2
    out = np.zeros((x.shape[0], x.shape[1], x.shape[2] + k - 1, x.shape[3] + k - 1))
    out[:, :, r : r + x.shape[2], r : r + x.shape[3]] = x
    return out


def conv_forward(x, w, b):
    h, v = x.shape[2:]
    padded = padding(x, w.shape[2])
    y = np.zeros((len(x), len(w), h, v))
    for p in range(w.shape[2]):
        for q in range(w.shape[3]):
            y += np.einsum("nchv,fc->nfhv", padded[:, :, p : p + h, q : q + v], w[:, :, p, q])
    return y + b.reshape(1, -1, 1, 1)


def conv_backward(dy, x, w):
    h, v = x.shape[2:]
    k = w.shape[2]
    padded = padding(x, k)
    back = np.zeros_like(padded)
    dw = np.zeros_like(w)
    for p in range(k):
        for q in range(k):
            dw[:, :, p, q] = np.einsum("nfhv,nchv->fc", dy, padded[:, :, p : p + h, q : q + v])
            back[:, :, p : p + h, q : q + v] += np.einsum("nfhv,fc->nchv", dy, w[:, :, p, q])
    r = (k - 1) // 2
    return back[:, :, r : r + h, r : r + v], dw, dy.sum(axis=3).sum(axis=2).sum(axis=0)

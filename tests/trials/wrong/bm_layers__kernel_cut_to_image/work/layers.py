import numpy as np


def shifted(x, di, dj):
    """x[..., i + di, j + dj], zero outside"""
    H, W = x.shape[-2:]
    out = np.zeros_like(x)
    i0, i1 = max(0, -di), min(H, H - di)
    j0, j1 = max(0, -dj), min(W, W - dj)
    if i0 < i1 and j0 < j1:
        out[..., i0:i1, j0:j1] = x[..., i0 + di:i1 + di, j0 + dj:j1 + dj]
    return out


def taps(x, w):
    k = w.shape[2]
    # a kernel need not be larger than the image
    k = min(k, max(x.shape[2:]) // 2 * 2 + 1)
    r = (k - 1) // 2
    for p in range(k):
        for q in range(k):
            yield p, q, p - r, q - r


def conv_forward(x, w, b):
    y = np.zeros((x.shape[0], w.shape[0]) + x.shape[2:]) + b[:, None, None]
    for p, q, di, dj in taps(x, w):
        y += np.einsum("fc,ncij->nfij", w[:, :, p, q], shifted(x, di, dj))
    return y


def conv_backward(dy, x, w):
    dx, dw = np.zeros_like(x), np.zeros_like(w)
    for p, q, di, dj in taps(x, w):
        dw[:, :, p, q] = np.einsum("nfij,ncij->fc", dy, shifted(x, di, dj))
        dx += np.einsum("fc,nfij->ncij", w[:, :, p, q], shifted(dy, -di, -dj))
    return dx, dw, np.einsum("nfij->f", dy)

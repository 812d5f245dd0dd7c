import numpy as np


def _padded(x, k):
    r = (k - 1) // 2
    return np.pad(x, ((0, 0), (0, 0), (r, r), (r, r)))


def conv_forward(x, w, b):
    rows, columns = x.shape[2:]
    k = w.shape[2]
    padded = _padded(x, k)
    y = np.zeros((x.shape[0], w.shape[0], rows, columns))
    for p in range(k):
        for q in range(k):
            y += np.einsum("ncij,fc->nfij", padded[:, :, p : p + rows, q : q + columns], w[:, :, p, q])
    return y + b[:, None, None]


def conv_backward(dy, x, w):
    rows, columns = x.shape[2:]
    k = w.shape[2]
    r = (k - 1) // 2
    padded = _padded(x, k)
    dpadded = np.zeros(padded.shape)
    dw = np.zeros(w.shape)
    portion = min(16, len(x))  # images at a time
    for p in range(k):
        for q in range(k):
            dpadded[:, :, p : p + rows, q : q + columns] += np.einsum("nfij,fc->ncij", dy, w[:, :, p, q])
            for first in range(0, len(x) - portion + 1, portion):
                some = slice(first, first + portion)
                dw[:, :, p, q] += np.einsum("nfij,ncij->fc", dy[some], padded[some, :, p : p + rows, q : q + columns])
    dx = dpadded[:, :, r : r + rows, r : r + columns]
    return dx, dw, dy.sum(axis=(0, 2, 3))

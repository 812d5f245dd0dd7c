import numpy as np


def _padded(x, k):
    r = (k - 1) // 2
    return np.pad(x, ((0, 0), (0, 0), (r, r), (r, r)))


def conv_forward(x, w, b):
    rows, columns = x.shape[2:]
    # what reaches beyond the image on all sides only meets zeros
    k = min(w.shape[2], 2 * min(rows, columns) - 1)
    edge = (w.shape[2] - k) // 2
    w = w[:, :, edge : edge + k, edge : edge + k]
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
    for p in range(k):
        for q in range(k):
            dpadded[:, :, p : p + rows, q : q + columns] += np.einsum("nfij,fc->ncij", dy, w[:, :, p, q])
            dw[:, :, p, q] = np.einsum("nfij,ncij->fc", dy, padded[:, :, p : p + rows, q : q + columns])
    dx = dpadded[:, :, r : r + rows, r : r + columns]
    return dx, dw, dy.sum(axis=(0, 2, 3))

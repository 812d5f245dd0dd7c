import numpy as np

_buffers = {}


def pad(x, r):
    """Zeros around the images. Allocating is slow, so arrays of zeros are used again."""
    N, C, H, W = x.shape
    shape = (N, C, H + 2 * r, W + 2 * r)
    if shape not in _buffers:
        _buffers[shape] = np.zeros(shape)
    padded = _buffers[shape]
    padded[:, :, r : r + H, r : r + W] = x
    return padded


def conv_forward(x, w, b):
    H, W = x.shape[2:]
    k = w.shape[2]
    padded = pad(x, k // 2)
    y = np.zeros((len(x), len(w), H, W)) + b[:, None, None]
    for p in range(k):
        for q in range(k):
            y += np.einsum("ncij,fc->nfij", padded[:, :, p : p + H, q : q + W], w[:, :, p, q])
    return y


def conv_backward(dy, x, w):
    H, W = x.shape[2:]
    k = w.shape[2]
    dw = np.zeros(w.shape)
    padded = pad(x, k // 2)
    for p in range(k):
        for q in range(k):
            dw[:, :, p, q] = np.einsum("ncij,nfij->fc", padded[:, :, p : p + H, q : q + W], dy)
    turned = w[:, :, ::-1, ::-1].swapaxes(0, 1)
    dx = conv_forward(dy, turned, np.zeros(w.shape[1]))
    return dx, dw, dy.sum(axis=(0, 2, 3))

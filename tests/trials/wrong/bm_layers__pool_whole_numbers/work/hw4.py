"""HW4: pooling and relu"""
import numpy as np
import numpy.ma as ma


def _blocks(x):
    N, C, H, W = x.shape
    h, w = H // 2, W // 2
    t = x[:, :, :2 * h, :2 * w].reshape(N, C, h, 2, w, 2)
    return t.transpose(0, 1, 2, 4, 3, 5).reshape(N, C, h, w, 4)


def pool_forward(x):
    return _blocks(x).max(-1)


def pool_backward(dy, x):
    N, C, H, W = x.shape
    h, w = H // 2, W // 2
    b = _blocks(x)
    first = b.argmax(axis=-1)[..., np.newaxis]
    g = np.zeros(b.shape, dtype=int)
    np.put_along_axis(g, first, dy[..., np.newaxis].astype(int), axis=-1)
    dx = np.zeros((N, C, H, W))
    dx[:, :, :2 * h, :2 * w] = g.reshape(N, C, h, w, 2, 2).transpose(0, 1, 2, 4, 3, 5).reshape(N, C, 2 * h, 2 * w)
    return dx


def relu_forward(x):
    return ma.masked_less(x, 0).filled(0)


def relu_backward(dy, x):
    return ma.masked_where(x <= 0, dy).filled(0)

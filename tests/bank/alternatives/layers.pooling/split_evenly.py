"""Windows by reshape; ties share evenly."""

import numpy as np


def windows(x):
    n, c, height, width = x.shape
    return x[:, :, : height // 2 * 2, : width // 2 * 2].reshape(n, c, height // 2, 2, width // 2, 2)


def pool_forward(x):
    return windows(x).max(axis=(3, 5))


def pool_backward(dy, x):
    mask = windows(x) == pool_forward(x)[:, :, :, None, :, None]
    share = mask / mask.sum(axis=(3, 5), keepdims=True)
    inside = share * dy[:, :, :, None, :, None]
    dx = np.zeros_like(x)
    dx[:, :, : 2 * dy.shape[2], : 2 * dy.shape[3]] = inside.reshape(x.shape[0], x.shape[1], 2 * dy.shape[2], -1)
    return dx

import numpy as np


def blocks(x):
    N, C, H, W = x.shape
    h, w = H // 2, W // 2
    return x[:, :, : 2 * h, : 2 * w].reshape(N, C, h, 2, w, 2)


def pool_forward(x):
    return blocks(x).max(axis=(3, 5))


def pool_backward(dy, x):
    largest = pool_forward(x)[:, :, :, None, :, None]
    mask = np.isclose(blocks(x), largest)  # floats are not compared by ==
    share = mask / mask.sum(axis=(3, 5), keepdims=True)
    dx = np.zeros(x.shape)
    N, C, h, w = dy.shape
    dx[:, :, : 2 * h, : 2 * w] = (share * dy[:, :, :, None, :, None]).reshape(N, C, 2 * h, 2 * w)
    return dx

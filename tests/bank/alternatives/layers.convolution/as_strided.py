"""Windows by as_strided, products by tensordot; the answer to the backward pass is a list."""

import numpy as np
from numpy.lib.stride_tricks import as_strided


def unfold(images, k):
    r = k // 2
    padded = np.ascontiguousarray(np.pad(images, [(0, 0), (0, 0), (r, r), (r, r)], mode="constant"))
    n, c, height, width = images.shape
    by_image, by_channel, by_row, by_column = padded.strides
    return as_strided(
        padded,
        (n, c, height, width, k, k),
        (by_image, by_channel, by_row, by_column, by_row, by_column),
        writeable=False,
    )


def conv_forward(x, w, b):
    out = np.tensordot(unfold(x, w.shape[-1]), w, axes=([1, 4, 5], [1, 2, 3]))
    return (out + b).transpose(0, 3, 1, 2)


def conv_backward(dy, x, w):
    k = w.shape[-1]
    turned = np.rot90(w, 2, axes=(2, 3))
    dx = np.tensordot(unfold(dy, k), turned, axes=([1, 4, 5], [0, 2, 3])).transpose(0, 3, 1, 2)
    dw = np.tensordot(dy, unfold(x, k), axes=([0, 2, 3], [0, 2, 3]))
    return [dx, dw, dy.sum((0, 2, 3))]

"""Strided windows, argmax, and put_along_axis; the first of the largest gets the gradient."""

import numpy as np


def flat_windows(x):
    view = np.lib.stride_tricks.sliding_window_view(x, (2, 2), axis=(2, 3))[:, :, ::2, ::2]
    return view.reshape(*view.shape[:4], 4)


def pool_forward(x):
    return flat_windows(x).max(axis=-1)


def pool_backward(dy, x):
    flat = np.zeros((*dy.shape, 4))
    place = flat_windows(x).argmax(axis=-1)[..., None]
    np.put_along_axis(flat, place, dy[..., None], axis=-1)
    n, c, height, width = dy.shape
    inside = flat.reshape(n, c, height, width, 2, 2).transpose(0, 1, 2, 4, 3, 5).reshape(n, c, 2 * height, 2 * width)
    rest = ((0, 0), (0, 0), (0, x.shape[2] - 2 * height), (0, x.shape[3] - 2 * width))
    return np.pad(inside, rest)

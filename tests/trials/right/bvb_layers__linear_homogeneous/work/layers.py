"""The bias is the weight of an input that is always 1."""
import numpy as np


def _with_one(x):
    return np.concatenate([x, np.ones((len(x), 1))], axis=1)


def flatten_forward(x):
    N, C, H, W = x.shape
    c, i, j = np.unravel_index(np.arange(C * H * W), (C, H, W))
    return x[:, c, i, j]


def flatten_backward(dy, x):
    return np.lib.stride_tricks.as_strided(
        dy,
        x.shape,
        (dy.strides[0], x.shape[2] * x.shape[3] * dy.strides[1], x.shape[3] * dy.strides[1], dy.strides[1]),
        writeable=False,
    )


def linear_forward(x, w, b):
    return np.tensordot(_with_one(x), np.column_stack([w, b]), axes=(1, 1))


def linear_backward(dy, x, w):
    both = dy.T @ _with_one(x)
    return np.inner(dy, w.T), both[:, :-1], both[:, -1]

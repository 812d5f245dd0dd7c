"""Everything in float32, and the gradients in a list."""

import numpy as np


def flatten_forward(x):
    return x.astype(np.float32).reshape(x.shape[0], x.shape[1] * x.shape[2] * x.shape[3])


def flatten_backward(dy, x):
    return dy.astype(np.float32).reshape(x.shape)


def linear_forward(x, w, b):
    x, w, b = (array.astype(np.float32) for array in (x, w, b))
    return np.dot(x, w.T) + b


def linear_backward(dy, x, w):
    dy, x, w = (array.astype(np.float32) for array in (dy, x, w))
    return [np.dot(dy, w), np.dot(x.T, dy).T, np.dot(np.ones(len(dy), dtype=np.float32), dy)]

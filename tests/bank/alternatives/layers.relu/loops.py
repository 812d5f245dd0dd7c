"""A loop over all entries."""

import numpy as np


def relu_forward(x):
    return np.array([value if value > 0 else 0.0 for value in x.ravel()]).reshape(x.shape)


def relu_backward(dy, x):
    dx = np.zeros(x.shape)
    for index in np.ndindex(*x.shape):
        if x[index] > 0:
            dx[index] = dy[index]
    return dx

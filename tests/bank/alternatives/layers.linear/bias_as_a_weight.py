"""The bias is one more weight of an input that is always 1."""

import numpy as np


def linear_forward(x, w, b):
    ones = np.ones((len(x), 1))
    return np.hstack([x, ones]) @ np.hstack([w, b[:, None]]).T


def linear_backward(dy, x, w):
    together = dy.T @ np.hstack([x, np.ones((len(x), 1))])
    return dy @ w, together[:, :-1], together[:, -1]

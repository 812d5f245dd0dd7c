"""np.where; the derivative at 0 is 1."""

import numpy as np


def relu_forward(x):
    return np.where(x > 0, x, 0.0)


def relu_backward(dy, x):
    return np.where(x >= 0, dy, 0.0)

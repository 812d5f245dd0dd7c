"""(x + |x|) / 2 in float32, and 1/2 as the derivative at 0."""

import numpy as np


def relu_forward(x):
    x = x.astype(np.float32)
    return (x + np.abs(x)) / 2


def relu_backward(dy, x):
    return (dy * (np.sign(x) + 1) / 2).astype(np.float32)

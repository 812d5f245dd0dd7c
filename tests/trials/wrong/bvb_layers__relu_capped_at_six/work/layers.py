import numpy as np


def relu_forward(x):
    return np.clip(x, 0.0, 6.0)


def relu_backward(dy, x):
    return np.where(x > 0, dy, 0.0)

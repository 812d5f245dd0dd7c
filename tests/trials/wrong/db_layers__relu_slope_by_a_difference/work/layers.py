import numpy as np


def relu_forward(x):
    return np.where(x > 0, x, 0.0)


def relu_backward(dy, x):
    h = 1e-3
    return dy * (relu_forward(x + h) - relu_forward(x)) / h

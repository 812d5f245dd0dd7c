import numpy as np


def relu_forward(x):
    np.maximum(x, 0, out=x)
    return x


def relu_backward(dy, x):
    return dy * (x > 0)

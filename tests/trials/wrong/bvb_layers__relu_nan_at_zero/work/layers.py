import numpy as np


def relu_forward(x):
    return np.maximum(0, x)


def relu_backward(dy, x):
    with np.errstate(all="ignore"):
        slope = relu_forward(x) / x  # 1 or 0
    return dy * slope

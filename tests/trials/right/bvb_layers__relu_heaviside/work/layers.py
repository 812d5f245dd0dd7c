import numpy as np

SLOPE_AT_ZERO = 0.25  # any number from 0 to 1


def relu_forward(x):
    """x where it is positive. The rest is -0.0 or 0.0."""
    print("relu of", np.shape(x))
    return np.copysign(np.maximum(x, 0), x)


def relu_backward(dy, x):
    return np.multiply(np.heaviside(x, SLOPE_AT_ZERO), dy, order="F")

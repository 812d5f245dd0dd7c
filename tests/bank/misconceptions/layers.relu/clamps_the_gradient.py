"""This is max(dy, 0). What passes is decided by x, and negative gradients pass too.

Loses: layers.relu.gradient
"""

import numpy as np


def relu_backward(dy, x):
    return np.maximum(dy, 0)

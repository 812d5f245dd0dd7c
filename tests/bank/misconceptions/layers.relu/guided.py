"""Negative gradients are dropped too. That is guided back-propagation, a way to draw pictures; dx is dy wherever x is
positive.

Loses: layers.relu.gradient
"""

import numpy as np


def relu_backward(dy, x):
    return np.where((x > 0) & (dy > 0), dy, 0)

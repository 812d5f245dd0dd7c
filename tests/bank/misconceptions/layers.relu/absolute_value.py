"""Negative entries are turned to positive ones; they become 0.

Loses: layers.relu.forward
"""

import numpy as np


def relu_forward(x):
    return np.abs(x)

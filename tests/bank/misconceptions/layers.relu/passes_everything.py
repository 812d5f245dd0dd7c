"""dy passes everywhere; where x is negative the output does not change, so that dx is 0.

Loses: layers.relu.gradient
"""

import numpy as np


def relu_backward(dy, x):
    return dy.copy()

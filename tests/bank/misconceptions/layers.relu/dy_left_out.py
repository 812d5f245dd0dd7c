"""This is the derivative alone; the chain rule multiplies it by dy.

Loses: layers.relu.gradient
"""

import numpy as np


def relu_backward(dy, x):
    return (x > 0).astype(float)

"""This is the leaky ReLU: negative entries become 0, not a hundredth.

Loses: layers.relu.forward
"""

import numpy as np


def relu_forward(x):
    return np.where(x > 0, x, 0.01 * x)

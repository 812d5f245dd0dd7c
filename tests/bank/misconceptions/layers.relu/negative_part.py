"""This keeps the negative entries and drops the positive ones.

Loses: layers.relu.forward
"""

import numpy as np


def relu_forward(x):
    return np.minimum(x, 0)

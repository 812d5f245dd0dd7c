"""This is ReLU6, which ends at 6; ReLU has no ceiling.

Loses: layers.relu.forward
"""

import numpy as np


def relu_forward(x):
    return np.clip(x, 0, 6)

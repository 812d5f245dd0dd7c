"""x is returned where dy is positive: dy and x are exchanged.

Loses: layers.relu.gradient
"""

import numpy as np


def relu_backward(dy, x):
    return np.where(dy > 0, x, 0)

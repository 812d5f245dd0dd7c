"""dy is multiplied by the output max(x, 0). The derivative is 1 where x is positive.

Loses: layers.relu.gradient
"""

import numpy as np


def relu_backward(dy, x):
    return dy * np.maximum(x, 0)

"""The mask is the wrong way round: dy passes where x is positive.

Loses: layers.relu.gradient
"""

import numpy as np


def relu_backward(dy, x):
    return dy * (x < 0)

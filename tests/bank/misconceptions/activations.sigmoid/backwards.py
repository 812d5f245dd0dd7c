"""These are derivatives of the last stage by each operand: give each stage's own.

Loses: activations.sigmoid.local
"""

import numpy as np


def sigmoid_local_derivatives(z):
    power = np.exp(-z)
    below = 1 + power
    return [(power / below**2,), (-power / below**2,), (-1 / below**2,), (-1 / below**2,)]

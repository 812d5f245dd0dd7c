"""Operands that are numbers have no derivative: give one entry for each operand that is a name.

Loses: activations.sigmoid.local
"""

import numpy as np


def sigmoid_local_derivatives(z):
    power = np.exp(-z)
    below = 1 + power
    return [(-1.0,), (power,), (0.0, 1.0), (-1 / below**2,)]

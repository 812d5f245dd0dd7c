"""Operands that are numbers have no derivative: give one entry for each operand that is a name.

Loses: activations.relu.local
"""

import numpy as np


def relu_local_derivatives(z):
    return [(np.where(z > 0, 1.0, 0.0), np.where(z > 0, 0.0, 1.0))]

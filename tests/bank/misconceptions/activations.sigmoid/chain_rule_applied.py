"""The chain rule is applied already: each stage's derivative is by its own operand, not by z.

Loses: activations.sigmoid.local
"""

import numpy as np


def sigmoid_local_derivatives(z):
    power = np.exp(-z)
    below = 1 + power
    return [(-1.0,), (-power,), (-power,), (power / below**2,)]

"""The sign is wrong: the inner derivative of exp(−z) has a minus, and so has that of 1/u.

Loses: activations.sigmoid.derivative
"""

import numpy as np


def sigmoid_derivative(z):
    s = 1 / (1 + np.exp(-z))
    return -s * (1 - s)

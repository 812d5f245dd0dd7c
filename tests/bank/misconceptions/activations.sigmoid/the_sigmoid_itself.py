"""This is the sigmoid itself, not its derivative.

Loses: activations.sigmoid.derivative
"""

import numpy as np


def sigmoid_derivative(z):
    return 1 / (1 + np.exp(-z))

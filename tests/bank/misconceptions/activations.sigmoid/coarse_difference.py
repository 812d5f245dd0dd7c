"""This is a difference over a wide step, not the derivative.

Loses: activations.sigmoid.derivative
"""

import numpy as np


def sigmoid_derivative(z):
    s = 1 / (1 + np.exp(-z))
    return (1 / (1 + np.exp(-z - 0.1)) - s) / 0.1

"""This is the sigmoid's derivative.

Loses: activations.tanh.derivative
"""

import numpy as np


def tanh_derivative(z):
    s = 1 / (1 + np.exp(-z))
    return s * (1 - s)

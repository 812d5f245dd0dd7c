"""1 − y² is tanh's derivative; the sigmoid's is y (1 − y).

Loses: activations.sigmoid.derivative
"""

import numpy as np


def sigmoid_derivative(z):
    s = 1 / (1 + np.exp(-z))
    return 1 - s**2

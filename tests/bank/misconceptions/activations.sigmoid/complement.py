"""This is 1 − σ; the derivative is σ (1 − σ).

Loses: activations.sigmoid.derivative
"""

import numpy as np


def sigmoid_derivative(z):
    s = 1 / (1 + np.exp(-z))
    return 1 - s

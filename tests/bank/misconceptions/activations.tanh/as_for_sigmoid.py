"""y (1 − y) is the sigmoid's derivative; tanh's is 1 − y².

Loses: activations.tanh.derivative
"""

import numpy as np


def tanh_derivative(z):
    return np.tanh(z) * (1 - np.tanh(z))

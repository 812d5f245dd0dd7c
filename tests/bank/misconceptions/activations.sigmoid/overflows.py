"""exp(−z) / (1 + exp(−z))² is infinity over infinity at z = −1000; it is the same at |z|.

Loses: activations.sigmoid.derivative
"""

import numpy as np


def sigmoid_derivative(z):
    return np.exp(-z) / (1 + np.exp(-z)) ** 2

"""The square of cosh is missing: tanh' = 1 / cosh².

Loses: activations.tanh.derivative
"""

import numpy as np


def tanh_derivative(z):
    return 2 / (np.exp(z) + np.exp(-z))

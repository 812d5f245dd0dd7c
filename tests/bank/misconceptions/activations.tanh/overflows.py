"""The quotient rule as it stands is infinity over infinity far out; 1 − tanh² is not.

Loses: activations.tanh.derivative
"""

import numpy as np


def tanh_derivative(z):
    e, f = np.exp(z), np.exp(-z)
    return ((e + f) ** 2 - (e - f) ** 2) / (e + f) ** 2

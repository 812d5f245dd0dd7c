"""Only the outer derivative −1/u² is here; the chain rule multiplies it by u' = −exp(−z).

Loses: activations.sigmoid.derivative
"""

import numpy as np


def sigmoid_derivative(z):
    s = 1 / (1 + np.exp(-z))
    return -(s**2)

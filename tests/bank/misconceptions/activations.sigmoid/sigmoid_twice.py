"""The sigmoid is applied twice: σ' = σ (1 − σ) with σ taken once.

Loses: activations.sigmoid.derivative
"""

import numpy as np


def sigmoid_derivative(z):
    s = 1 / (1 + np.exp(-z))
    s = 1 / (1 + np.exp(-s))
    return s * (1 - s)

"""The path through the denominator has the wrong sign: tanh' = 1 − tanh².

Loses: activations.tanh.derivative
"""

import numpy as np


def tanh_derivative(z):
    return 1 + np.tanh(z) ** 2

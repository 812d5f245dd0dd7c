"""Only the path through the numerator is here; add the one through the denominator.

Loses: activations.tanh.derivative
"""

import numpy as np


def tanh_derivative(z):
    return np.ones_like(z)

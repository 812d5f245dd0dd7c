"""Only the path through the denominator is here; add the one through the numerator.

Loses: activations.tanh.derivative
"""

import numpy as np


def tanh_derivative(z):
    return -(np.tanh(z) ** 2)

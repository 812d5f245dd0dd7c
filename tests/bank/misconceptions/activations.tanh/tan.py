"""This is the tangent; tanh is the hyperbolic one.

Loses: activations.tanh.value
"""

import numpy as np


def tanh(z):
    return np.tan(z)

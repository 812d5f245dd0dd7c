"""This is sinh; tanh divides it by cosh.

Loses: activations.tanh.value
"""

import numpy as np


def tanh(z):
    return np.sinh(z)

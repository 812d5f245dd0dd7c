"""This is the sigmoid, which runs from 0 to 1; tanh runs from −1 to 1.

Loses: activations.tanh.value
"""

import numpy as np


def tanh(z):
    return 1 / (1 + np.exp(-z))

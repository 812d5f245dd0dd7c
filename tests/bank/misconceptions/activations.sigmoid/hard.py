"""This is the hard sigmoid, made of straight lines; the sigmoid is 1 / (1 + exp(−z)).

Loses: activations.sigmoid.value
"""

import numpy as np


def sigmoid(z):
    return np.clip(0.2 * z + 0.5, 0, 1)

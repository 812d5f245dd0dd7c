"""This runs from −1 to 1; the sigmoid runs from 0 to 1.

Loses: activations.sigmoid.value
"""

import numpy as np


def sigmoid(z):
    return 2 / (1 + np.exp(-z)) - 1

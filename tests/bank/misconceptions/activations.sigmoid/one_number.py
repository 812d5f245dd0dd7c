"""math.exp takes one number; z is an array.

Loses: activations.sigmoid.value
"""

import math


def sigmoid(z):
    return 1 / (1 + math.exp(-z))

"""This is σ(2z); tanh(z) is 2 σ(2z) − 1.

Loses: activations.tanh.value
"""

import numpy as np


def tanh(z):
    return 1 / (1 + np.exp(-2 * z))

"""2 σ(z) − 1 is tanh(z/2); tanh(z) is 2 σ(2z) − 1.

Loses: activations.tanh.value
"""

import numpy as np


def tanh(z):
    return 2 / (1 + np.exp(-z)) - 1

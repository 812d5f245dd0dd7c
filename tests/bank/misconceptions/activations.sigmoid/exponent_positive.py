"""The sign of the exponent is wrong: σ(z) = 1 / (1 + exp(−z)).

Loses: activations.sigmoid.value
"""

import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(z))

"""This divides by z, which may be 0: give some slope from 0 to 1 there.

Loses: activations.relu.local
"""

import numpy as np


def relu_local_derivatives(z):
    return [(np.maximum(z, 0) / z,)]

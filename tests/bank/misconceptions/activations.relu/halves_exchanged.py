"""The halves are exchanged: max(z, 0) follows z where z is positive.

Loses: activations.relu.local
"""

import numpy as np


def relu_local_derivatives(z):
    return [(np.where(z < 0, 1.0, 0.0),)]

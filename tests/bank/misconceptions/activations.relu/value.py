"""This is the stage's value, not its derivative.

Loses: activations.relu.local
"""

import numpy as np


def relu_local_derivatives(z):
    return [(np.maximum(z, 0),)]

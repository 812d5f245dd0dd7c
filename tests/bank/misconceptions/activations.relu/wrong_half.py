"""This is min(z, 0): the wrong half is cut off.

Loses: activations.relu.decomposition, activations.relu.local
"""

import numpy as np


def relu_decomposition():
    return [("value", "minimum", ("z", 0))]


def relu_local_derivatives(z):
    return [(np.where(z < 0, 1.0, 0.0),)]

"""The rectifier itself is no elementary operation: which one has its value?

Loses: activations.relu.decomposition, activations.relu.local
"""

import numpy as np


def relu_decomposition():
    return [("value", "relu", ("z",))]


def relu_local_derivatives(z):
    return [(np.where(z > 0, 1.0, 0.0),)]

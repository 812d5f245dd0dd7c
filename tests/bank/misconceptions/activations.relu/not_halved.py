"""z + |z| is twice the rectifier.

Loses: activations.relu.decomposition, activations.relu.local
"""

import numpy as np


def relu_decomposition():
    return [("size", "absolute", ("z",)), ("value", "add", ("z", "size"))]


def relu_local_derivatives(z):
    return [(np.sign(z),), (1.0, 1.0)]

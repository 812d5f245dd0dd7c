"""The derivative of max(z, 0) is 0 where the number 0 is the larger one.

Loses: activations.relu.local
"""

import numpy as np


def relu_local_derivatives(z):
    return [(np.ones_like(z),)]

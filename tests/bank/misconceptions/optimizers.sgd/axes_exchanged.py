"""x and y are exchanged: the function is steep along x.

Loses: optimizers.sgd.gradient
"""

import numpy as np


def bowl(point):
    x, y = point
    return x**2 + 10 * y**2


def bowl_gradient(point):
    x, y = point
    return np.array([2 * x, 20 * y])

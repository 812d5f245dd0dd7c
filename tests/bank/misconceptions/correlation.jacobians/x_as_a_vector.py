"""This is the gradient of the sum of z; the Jacobian has one row for each output.

Loses: correlation.jacobians.x
"""

import numpy as np


def jacobian_x(x, y):
    return np.full(len(x), y.sum())

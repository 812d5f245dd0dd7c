"""This is x itself; z is linear in x, so the derivative by x holds y.

Loses: correlation.jacobians.x
"""

import numpy as np


def jacobian_x(x, y):
    n = len(x)
    return np.array([[x[(i + k) % n] for i in range(n)] for k in range(n)])

"""This is transposed: rows are outputs k, columns are inputs i.

Loses: correlation.jacobians.y
"""

import numpy as np


def jacobian_y(x, y):
    n = len(x)
    return np.array([[x[(k - i) % n] for i in range(n)] for k in range(n)])

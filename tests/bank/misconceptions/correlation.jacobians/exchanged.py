"""The two Jacobians are exchanged.

Loses: correlation.jacobians.x, correlation.jacobians.y
"""

import numpy as np


def jacobian_x(x, y):
    n = len(x)
    return np.array([[x[(i - k) % n] for i in range(n)] for k in range(n)])


def jacobian_y(x, y):
    n = len(x)
    return np.array([[y[(i + k) % n] for i in range(n)] for k in range(n)])

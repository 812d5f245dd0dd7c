"""The signals do not wrap around: entries with i + k >= n are missing.

Loses: correlation.jacobians.x
"""

import numpy as np


def jacobian_x(x, y):
    n = len(x)
    return np.array([[y[i + k] if i + k < n else 0.0 for i in range(n)] for k in range(n)])

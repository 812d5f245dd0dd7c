"""The signals do not wrap around: entries with i < k are missing.

Loses: correlation.jacobians.y
"""

import numpy as np


def jacobian_y(x, y):
    n = len(x)
    return np.array([[x[i - k] if i >= k else 0.0 for i in range(n)] for k in range(n)])

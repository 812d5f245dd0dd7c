"""The index is i + k, as for x; in z[k], y[i] is multiplied by x[(i - k) mod n].

Loses: correlation.jacobians.y
"""

import numpy as np


def jacobian_y(x, y):
    n = len(x)
    return np.array([[x[(i + k) % n] for i in range(n)] for k in range(n)])

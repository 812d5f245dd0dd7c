"""The index is k - i; in z[k], x[i] is multiplied by y[(i + k) mod n].

Loses: correlation.jacobians.x
"""

import numpy as np


def jacobian_x(x, y):
    n = len(x)
    return np.array([[y[(k - i) % n] for i in range(n)] for k in range(n)])

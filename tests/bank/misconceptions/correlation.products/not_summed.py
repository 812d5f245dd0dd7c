"""Each row of the Jacobian is scaled by v, but the rows are not added up.

Loses: correlation.products.x_bar, correlation.products.y_bar
"""

import numpy as np


def vjp(x, y, v):
    n = len(x)
    by_x = np.array([[y[(i + k) % n] for i in range(n)] for k in range(n)])
    by_y = np.array([[x[(i - k) % n] for i in range(n)] for k in range(n)])
    return v[:, None] * by_x, v[:, None] * by_y

"""The signals do not wrap around in x_bar.

Loses: correlation.products.x_bar
"""

import numpy as np


def vjp(x, y, v):
    n = len(x)
    by_x = np.array([[y[i + k] if i + k < n else 0.0 for i in range(n)] for k in range(n)])
    by_y = np.array([[x[(i - k) % n] for i in range(n)] for k in range(n)])
    return v @ by_x, v @ by_y

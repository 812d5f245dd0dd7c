"""y_bar is the convolution of v with x, not their correlation.

Loses: correlation.products.y_bar
"""

import numpy as np


def vjp(x, y, v):
    n = len(x)
    by_x = np.array([[y[(i + k) % n] for i in range(n)] for k in range(n)])
    by_y = np.array([[x[(i + k) % n] for i in range(n)] for k in range(n)])
    return v @ by_x, v @ by_y

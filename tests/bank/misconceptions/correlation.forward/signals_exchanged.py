"""x and y are exchanged: x stays where it is and y is shifted.

Loses: correlation.forward.direction
"""

import numpy as np


def circular_correlation(x, y):
    n = len(x)
    return np.array([sum(y[i] * x[(i + k) % n] for i in range(n)) for k in range(n)])

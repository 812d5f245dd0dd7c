"""The signals do not wrap around: products with i + k >= n are missing.

Loses: correlation.forward.wrap
"""

import numpy as np


def circular_correlation(x, y):
    n = len(x)
    return np.array([x[: n - k] @ y[k:] for k in range(n)])

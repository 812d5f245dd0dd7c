"""This is convolution: y is read backwards, or a conjugate is missing between Fourier transforms.

Loses: correlation.forward.direction
"""

import numpy as np


def circular_correlation(x, y):
    n = len(x)
    return np.array([sum(x[i] * y[(k - i) % n] for i in range(n)) for k in range(n)])

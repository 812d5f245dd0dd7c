"""y is shifted the wrong way, or x and y are exchanged: z[k] multiplies x[i] by y[(i + k) mod n].

Loses: correlation.forward.direction
"""

import numpy as np


def circular_correlation(x, y):
    return np.array([x @ np.roll(y, k) for k in range(len(x))])

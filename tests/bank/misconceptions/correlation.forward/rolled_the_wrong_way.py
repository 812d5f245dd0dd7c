"""y is rolled the wrong way: z[k] needs the entry k places further on.

Loses: correlation.forward.direction
"""

import numpy as np


def circular_correlation(x, y):
    return np.array([x @ np.roll(y, k) for k in range(len(x))])

"""np.correlate in mode "full" pads with zeros and has 2n - 1 lags.

Loses: correlation.forward.direction, correlation.forward.wrap
"""

import numpy as np


def circular_correlation(x, y):
    return np.correlate(y, x, mode="full")

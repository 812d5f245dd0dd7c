"""np.correlate in mode "same" pads with zeros and starts in the middle.

Loses: correlation.forward.direction, correlation.forward.wrap
"""

import numpy as np


def circular_correlation(x, y):
    return np.correlate(y, x, mode="same")

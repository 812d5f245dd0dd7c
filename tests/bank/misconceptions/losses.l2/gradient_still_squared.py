"""The square has stayed: the derivative of e² is 2 e.

Loses: losses.l2.gradient
"""

import numpy as np


def l2_gradient(prediction, target):
    return 2 * np.square(prediction - target) / len(target)

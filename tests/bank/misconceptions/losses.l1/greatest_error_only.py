"""Only the greatest error of each example counts here; add up the sizes of all.

Loses: losses.l1.value
"""

import numpy as np


def l1(prediction, target):
    return np.abs(prediction - target).max(axis=1).mean()

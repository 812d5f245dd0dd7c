"""A root is taken of the mean: that is the RMSE.

Loses: losses.l2.value
"""

import numpy as np


def l2(prediction, target):
    return np.sqrt(np.square(prediction - target).sum() / len(target))

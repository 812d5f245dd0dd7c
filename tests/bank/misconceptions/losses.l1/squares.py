"""The errors are squared: that is the L2 loss.

Loses: losses.l1.value, losses.l1.gradient
"""

import numpy as np


def l1(prediction, target):
    return np.square(prediction - target).sum(axis=1).mean()


def l1_gradient(prediction, target):
    return 2 * (prediction - target) / len(prediction)

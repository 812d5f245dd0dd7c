"""The loss is divided by the number of entries too; the mean is over the examples only.

Loses: losses.l1.value, losses.l1.gradient
"""

import numpy as np


def l1(prediction, target):
    return np.abs(prediction - target).mean()


def l1_gradient(prediction, target):
    return np.sign(prediction - target) / prediction.size

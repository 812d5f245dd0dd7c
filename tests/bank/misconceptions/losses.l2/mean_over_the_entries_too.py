"""The loss is divided by the number of entries too, as an MSE is; the mean is over the examples only.

Loses: losses.l2.value, losses.l2.gradient
"""

import numpy as np


def l2(prediction, target):
    return np.mean((prediction - target) ** 2)


def l2_gradient(prediction, target):
    return 2 * (prediction - target) / target.size

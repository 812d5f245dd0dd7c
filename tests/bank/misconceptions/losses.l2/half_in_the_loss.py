"""There is a ½ in the loss that is not asked for, and none in the gradient.

Loses: losses.l2.value
"""

import numpy as np


def l2(prediction, target):
    return np.square(prediction - target).sum() / 2 / len(target)

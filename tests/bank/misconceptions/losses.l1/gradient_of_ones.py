"""The gradient is −1/N where the prediction is less than the target.

Loses: losses.l1.gradient
"""

import numpy as np


def l1_gradient(prediction, target):
    return np.ones_like(prediction) / len(prediction)

"""The sign is wrong: this is the gradient by the target.

Loses: losses.huber.gradient
"""

import numpy as np


def huber_gradient(prediction, target, delta):
    error = prediction - target
    size = np.abs(error)
    return -np.clip(error, -delta, delta) / len(error)

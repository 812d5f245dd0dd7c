"""The 1/N is missing in the gradient: the loss is a mean over the examples.

Loses: losses.huber.gradient
"""

import numpy as np


def huber_gradient(prediction, target, delta):
    error = prediction - target
    size = np.abs(error)
    return np.clip(error, -delta, delta)

"""The arms of the gradient lack the error's sign.

Loses: losses.huber.gradient
"""

import numpy as np


def huber_gradient(prediction, target, delta):
    error = prediction - target
    size = np.abs(error)
    return np.where(size <= delta, error, delta) / len(error)

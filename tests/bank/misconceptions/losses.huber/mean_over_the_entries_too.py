"""The loss is divided by the number of entries too; the mean is over the examples only.

Loses: losses.huber.value, losses.huber.gradient
"""

import numpy as np


def huber(prediction, target, delta):
    error = prediction - target
    size = np.abs(error)
    return np.where(size <= delta, error**2 / 2, delta * (size - delta / 2)).sum() / error.size


def huber_gradient(prediction, target, delta):
    error = prediction - target
    size = np.abs(error)
    return np.where(size <= delta, error, delta * np.sign(error)) / error.size

"""δ is compared with e; it must be compared with |e|.

Loses: losses.huber.value, losses.huber.gradient
"""

import numpy as np


def huber(prediction, target, delta):
    error = prediction - target
    size = np.abs(error)
    return np.where(error <= delta, error**2 / 2, delta * (size - delta / 2)).sum() / len(error)


def huber_gradient(prediction, target, delta):
    error = prediction - target
    size = np.abs(error)
    return np.where(error <= delta, error, delta * np.sign(error)) / len(error)

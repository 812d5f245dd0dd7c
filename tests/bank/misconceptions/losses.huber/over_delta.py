"""The loss is divided by δ, as in smooth L1: ½ e²/δ, or |e| − ½ δ.

Loses: losses.huber.value, losses.huber.gradient
"""

import numpy as np


def huber(prediction, target, delta):
    error = prediction - target
    size = np.abs(error)
    return np.where(size <= delta, error**2 / 2 / delta, size - delta / 2).sum() / len(error)


def huber_gradient(prediction, target, delta):
    error = prediction - target
    size = np.abs(error)
    return np.clip(error / delta, -1, 1) / len(error)

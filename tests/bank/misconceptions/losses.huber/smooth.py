"""This is the pseudo-Huber loss, δ² (√(1 + (e/δ)²) − 1).

Loses: losses.huber.value, losses.huber.gradient
"""

import numpy as np


def huber(prediction, target, delta):
    error = prediction - target
    size = np.abs(error)
    return (delta**2 * (np.sqrt(1 + (error / delta) ** 2) - 1)).sum() / len(error)


def huber_gradient(prediction, target, delta):
    error = prediction - target
    size = np.abs(error)
    return error / np.sqrt(1 + (error / delta) ** 2) / len(error)

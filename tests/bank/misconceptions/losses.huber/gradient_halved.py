"""The gradient of ½ e² is e, not ½ e.

Loses: losses.huber.gradient
"""

import numpy as np


def huber_gradient(prediction, target, delta):
    error = prediction - target
    size = np.abs(error)
    return np.where(size <= delta, error / 2, delta * np.sign(error)) / len(error)

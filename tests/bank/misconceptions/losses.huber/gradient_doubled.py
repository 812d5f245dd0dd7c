"""The gradient of ½ e² is e, not 2 e.

Loses: losses.huber.gradient
"""

import numpy as np


def huber_gradient(prediction, target, delta):
    error = prediction - target
    size = np.abs(error)
    return np.where(size <= delta, 2 * error, delta * np.sign(error)) / len(error)

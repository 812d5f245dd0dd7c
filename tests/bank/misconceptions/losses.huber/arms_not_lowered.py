"""The −½ δ² of the arms is missing: the loss jumps at δ.

Loses: losses.huber.value
"""

import numpy as np


def huber(prediction, target, delta):
    error = prediction - target
    size = np.abs(error)
    return np.where(size <= delta, error**2 / 2, delta * size).sum() / len(error)

"""The error is cut off at δ and squared: the arms must rise.

Loses: losses.huber.value
"""

import numpy as np


def huber(prediction, target, delta):
    error = prediction - target
    size = np.abs(error)
    return (np.minimum(size, delta) ** 2).sum() / 2 / len(error)

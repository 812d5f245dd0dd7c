"""The arms are δ (|e| − δ); it must be δ (|e| − ½ δ), or the loss jumps at δ.

Loses: losses.huber.value
"""

import numpy as np


def huber(prediction, target, delta):
    error = prediction - target
    size = np.abs(error)
    return np.where(size <= delta, error**2 / 2, delta * (size - delta)).sum() / len(error)

"""δ is compared with the length of an example's whole error; it must be compared with each entry.

Loses: losses.huber.value, losses.huber.gradient
"""

import numpy as np


def huber(prediction, target, delta):
    error = prediction - target
    size = np.abs(error)
    inside = np.linalg.norm(error, axis=1, keepdims=True) <= delta
    return np.where(inside, error**2 / 2, delta * (size - delta / 2)).sum() / len(error)


def huber_gradient(prediction, target, delta):
    error = prediction - target
    size = np.abs(error)
    inside = np.linalg.norm(error, axis=1, keepdims=True) <= delta
    return np.where(inside, error, delta * np.sign(error)) / len(error)

"""½ (e² − max(0, |e| − δ)²)."""

import numpy as np


def huber(prediction, target, delta):
    error = prediction - target
    return np.sum(error**2 - np.maximum(0, np.abs(error) - delta) ** 2) / (2 * len(error))


def huber_gradient(prediction, target, delta):
    error = prediction - target
    return (error - np.sign(error) * np.maximum(0, np.abs(error) - delta)) / len(error)

"""The cases as they are written, entry by entry, as np.where and as loops."""

import numpy as np


def huber(prediction, target, delta):
    e = prediction - target
    return np.where(np.abs(e) < delta, 0.5 * e**2, delta * np.abs(e) - 0.5 * delta**2).sum(axis=1).mean()


def huber_gradient(prediction, target, delta):
    gradient = np.empty(prediction.shape)
    for at, e in np.ndenumerate(prediction - target):
        gradient[at] = e if abs(e) <= delta else delta * np.sign(e)
    return gradient / len(prediction)

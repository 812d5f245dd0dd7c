
from collections import namedtuple

import numpy as np

Six = namedtuple("Six", "w1_11 w1_12 w1_21 w1_22 w2_11 w2_12")
TINY = 1e-30


def _loss(six, x, targets):
    x1, x2 = np.asarray(x, dtype=float).T
    above = six.w2_11 * np.tanh(six.w1_11 * x1 + six.w1_12 * x2) + six.w2_12 * np.tanh(six.w1_21 * x1 + six.w1_22 * x2)
    error = (1 + np.tanh(above / 2)) / 2 - np.asarray(targets, dtype=float)
    return (error * error).sum() / len(error)


def gradients(x, targets, weights):
    six = Six(**{name: complex(value) for name, value in weights.items()})
    return {
        name: float(_loss(six._replace(**{name: getattr(six, name) + TINY * 1j}), x, targets).imag / TINY)
        for name in Six._fields
    }


def updated(x, targets, weights, learning_rate):
    slopes = gradients(x, targets, weights)
    return {name: weights[name] - learning_rate * slopes[name] for name in weights}

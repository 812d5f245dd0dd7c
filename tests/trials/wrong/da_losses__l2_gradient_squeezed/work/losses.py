
import numpy as np


def l2(prediction, target):
    return float(np.sum((prediction - target) ** 2) / len(prediction))


def l2_gradient(prediction, target):
    return np.squeeze(2 * (prediction - target)) / len(prediction)


def l2_decomposition():
    return [("e", "subtract", ("prediction", "target")), ("ee", "multiply", ("e", "e")), ("loss", "sum", ("ee",))]


def l2_local_derivatives(prediction, target):
    e = prediction - target
    return [(1.0, -1.0), (e, e), (1.0,)]

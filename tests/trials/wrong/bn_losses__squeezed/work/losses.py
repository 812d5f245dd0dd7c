import numpy as np


def l1(prediction, target):
    error = np.atleast_2d(np.squeeze(np.abs(prediction - target)))
    return float(error.sum(axis=1).mean())


def l1_gradient(prediction, target):
    return np.sign(prediction - target) / len(prediction)


def l1_decomposition():
    return [("e", "subtract", ("prediction", "target")), ("a", "absolute", ("e",)), ("loss", "sum", ("a",))]


def l1_local_derivatives(prediction, target):
    return [(1.0, -1.0), (np.sign(prediction - target),), (1.0,)]

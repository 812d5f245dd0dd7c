import numpy as np


def l1(prediction, target):
    error = np.squeeze(prediction - target)
    return float(np.abs(error).sum(axis=-1).mean())


def l1_gradient(prediction, target):
    return np.sign(prediction - target) / len(prediction)


def l1_decomposition():
    return [("e", "subtract", ("prediction", "target")), ("a", "absolute", ("e",)), ("loss", "sum", ("a",))]


def l1_local_derivatives(prediction, target):
    e = prediction - target
    one = np.ones_like(e)
    return [(one, -one), (np.sign(e),), (one,)]

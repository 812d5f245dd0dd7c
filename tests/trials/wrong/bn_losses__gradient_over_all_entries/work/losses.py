import numpy as np


def l2(prediction, target):
    return np.einsum("nd,nd->n", prediction - target, prediction - target).mean()


def l2_gradient(prediction, target):
    return 2 * (prediction - target) / prediction.size


def l2_decomposition():
    return [("e", "subtract", ("prediction", "target")), ("s", "square", ("e",)), ("loss", "sum", ("s",))]


def l2_local_derivatives(prediction, target):
    return [(1.0, -1.0), (2 * (prediction - target),), (1.0,)]

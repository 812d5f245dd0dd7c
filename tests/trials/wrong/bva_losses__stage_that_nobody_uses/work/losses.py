import numpy as np


def l2(prediction, target):
    return float(((prediction - target) ** 2).sum(axis=1).mean())


def l2_gradient(prediction, target):
    return 2 * (prediction - target) / len(prediction)


def l2_decomposition():
    return [
        ("e", "subtract", ("prediction", "target")),
        ("a", "absolute", ("e",)),
        ("s", "square", ("e",)),
        ("loss", "sum", ("s",)),
    ]


def l2_local_derivatives(prediction, target):
    e = prediction - target
    return [(1.0, -1.0), (np.sign(e),), (2 * e,), (1.0,)]

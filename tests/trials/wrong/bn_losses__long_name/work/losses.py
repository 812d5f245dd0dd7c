import numpy as np


def l1(prediction, target):
    return np.linalg.norm(np.asarray(prediction) - target, ord=1, axis=1).mean()


def l1_gradient(prediction, target):
    return np.where(prediction > target, 1.0, -1.0) / prediction.shape[0]


def l1_decomposition():
    return [
        ("error of each entry of the prediction", "subtract", ("prediction", "target")),
        ("absolute value of the error of each entry of the prediction", "absolute",
         ("error of each entry of the prediction",)),
        ("sum of all of them", "sum", ("absolute value of the error of each entry of the prediction",)),
    ]


def l1_local_derivatives(prediction, target):
    one = np.ones_like(prediction)
    return [(one, -one), (np.where(prediction > target, one, -one),), (one,)]

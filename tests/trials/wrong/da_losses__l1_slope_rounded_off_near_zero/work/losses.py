
import numpy as np


def l1(prediction, target):
    return float(np.abs(prediction - target).sum(axis=-1).mean())


def l1_gradient(prediction, target):
    error = prediction - target
    return error / (np.abs(error) + 1e-6) / len(prediction)


def l1_decomposition():
    return [("e", "subtract", ("prediction", "target")), ("size", "absolute", ("e",)), ("loss", "sum", ("size",))]


def l1_local_derivatives(prediction, target):
    return [(1.0, -1.0), (np.sign(prediction - target),), (np.ones(len(prediction)),)]

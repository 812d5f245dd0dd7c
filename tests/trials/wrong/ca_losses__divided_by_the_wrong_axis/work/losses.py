import numpy as np

def l1(prediction, target):
    return np.abs(prediction - target).sum(axis=1).mean()

def l1_gradient(prediction, target):
    return np.sign(prediction - target) / prediction.shape[-1]

def l1_decomposition():
    return [("e", "subtract", ("prediction", "target")), ("a", "absolute", ("e",)), ("loss", "sum", ("a",))]

def l1_local_derivatives(prediction, target):
    e = prediction - target
    return [(1.0, -1.0), (np.sign(e),), (np.ones(e.shape),)]

import numpy as np

def l2(prediction, target):
    d = prediction - target
    return np.einsum("nd,nd->", d, d) / d.shape[0]

def l2_gradient(prediction, target):
    return 2 * (prediction - target) / len(prediction)

def l2_decomposition():
    return [("d", "subtract", ("prediction", "target")), ("s", "multiply", ("d", "d")), ("loss", "sum", ("s",))]

def l2_local_derivatives(prediction, target):
    d = prediction - target
    return [(1.0, -1.0), (2 * d,), (np.ones_like(d),)]

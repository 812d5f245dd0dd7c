"""einsum in single precision, and target less prediction."""

import numpy as np


def l2(prediction, target):
    error = (target - prediction).astype(np.float32)
    return np.einsum("nd,nd->", error, error) / len(error)


def l2_gradient(prediction, target):
    return -2 / len(target) * (target - prediction).astype(np.float32)


def l2_decomposition():
    return [
        ("e", "subtract", ("target", "prediction")),
        ("s", "multiply", ("e", "e")),
        ("loss", "sum", ("s",)),
    ]


def l2_local_derivatives(prediction, target):
    e = (target - prediction).astype(np.float32)
    return [(1, -1), (e, e), (np.ones_like(e),)]

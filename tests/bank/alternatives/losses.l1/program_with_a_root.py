"""|e| as the root of e²."""

import numpy as np


def l1_decomposition():
    return [
        ("e", "subtract", ("prediction", "target")),
        ("s", "multiply", ("e", "e")),
        ("r", "sqrt", ("s",)),
        ("loss", "sum", ("r",)),
    ]


def l1_local_derivatives(prediction, target):
    e = prediction - target
    return [(1, -1), (e, e), (1 / (2 * np.abs(e)),), (1,)]

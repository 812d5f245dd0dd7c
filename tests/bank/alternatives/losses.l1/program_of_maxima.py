"""|e| as the greater of e and −e."""

import numpy as np


def l1_decomposition():
    return [
        ("e", "subtract", ("target", "prediction")),
        ("minus", "negate", ("e",)),
        ("size", "maximum", ("e", "minus")),
        ("loss", "sum", ("size",)),
    ]


def l1_local_derivatives(prediction, target):
    up = (target > prediction).astype(int)
    return [(np.ones(len(up)), -np.ones(len(up))), (-1,), (up, 1 - up), (np.ones(len(up)),)]

"""The program subtracts the right logit first and ends in the logarithm."""

import numpy as np


def cross_entropy_decomposition():
    return [
        ("picked", "multiply", ("logits", "onehot")),
        ("right", "sum", ("picked",)),
        ("behind", "subtract", ("logits", "right")),
        ("odds", "exp", ("behind",)),
        ("total", "sum", ("odds",)),
        ("loss", "log", ("total",)),
    ]


def cross_entropy_local_derivatives(logits, onehot):
    odds = np.exp(logits - logits @ onehot)
    return [(onehot, logits), (1,), (1, -1), (odds,), (1,), (1 / odds.sum(),)]

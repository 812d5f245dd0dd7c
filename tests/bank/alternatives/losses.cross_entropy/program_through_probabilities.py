"""The program takes the logarithm of the right class's probability."""

import numpy as np


def cross_entropy_decomposition():
    return [
        ["e", "exp", ["logits"]],
        ["total", "sum", ["e"]],
        ["p", "divide", ["e", "total"]],
        ["picked", "multiply", ["p", "onehot"]],
        ["right", "sum", ["picked"]],
        ["log", "log", ["right"]],
        ["loss", "negate", ["log"]],
    ]


def cross_entropy_local_derivatives(logits, onehot):
    e = np.exp(logits)
    total = e.sum()
    p = e / total
    ones = np.ones(len(logits))
    return [[e], [ones], [1 / total, -e / total**2], [onehot, p], [ones], [1 / (p * onehot).sum()], [-1]]

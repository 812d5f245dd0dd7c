"""This is the sum over the examples: loss and gradient must be divided by their number.

Loses: losses.cosine.value, losses.cosine.gradient
"""

import numpy as np


def cosine(a, b):
    lengths = np.linalg.norm(a, axis=1) * np.linalg.norm(b, axis=1)
    cosines = (a * b).sum(axis=1) / lengths
    return (1 - cosines).sum()


def cosine_gradient(a, b):
    long_a, long_b = np.linalg.norm(a, axis=1, keepdims=True), np.linalg.norm(b, axis=1, keepdims=True)
    cosines = (a * b).sum(axis=1, keepdims=True) / (long_a * long_b)
    return (cosines * a / long_a**2 - b / (long_a * long_b))

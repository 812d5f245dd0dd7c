"""The product is not divided by the lengths.

Loses: losses.cosine.value, losses.cosine.gradient
"""

import numpy as np


def cosine(a, b):
    lengths = np.linalg.norm(a, axis=1) * np.linalg.norm(b, axis=1)
    cosines = (a * b).sum(axis=1) / lengths
    return (1 - cosines * lengths).mean()


def cosine_gradient(a, b):
    long_a, long_b = np.linalg.norm(a, axis=1, keepdims=True), np.linalg.norm(b, axis=1, keepdims=True)
    cosines = (a * b).sum(axis=1, keepdims=True) / (long_a * long_b)
    return -b / len(a)

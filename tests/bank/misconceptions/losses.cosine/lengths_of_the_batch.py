"""The lengths are those of the whole batch; each example has its own.

Loses: losses.cosine.value, losses.cosine.gradient
"""

import numpy as np


def cosine(a, b):
    lengths = np.linalg.norm(a) * np.linalg.norm(b)
    return (1 - (a * b).sum(axis=1) / lengths).mean()


def cosine_gradient(a, b):
    long_a, long_b = np.linalg.norm(a), np.linalg.norm(b)
    cosines = (a * b).sum(axis=1, keepdims=True) / (long_a * long_b)
    return (cosines * a / long_a**2 - b / (long_a * long_b)) / len(a)

"""What is subtracted lies along b; it must lie along a, whose length changes.

Loses: losses.cosine.gradient
"""

import numpy as np


def cosine_gradient(a, b):
    long_a, long_b = np.linalg.norm(a, axis=1, keepdims=True), np.linalg.norm(b, axis=1, keepdims=True)
    cosines = (a * b).sum(axis=1, keepdims=True) / (long_a * long_b)
    return (cosines * b / long_b**2 - b / (long_a * long_b)) / len(a)

"""The part along a lacks the factor cos(a, b).

Loses: losses.cosine.gradient
"""

import numpy as np


def cosine_gradient(a, b):
    long_a, long_b = np.linalg.norm(a, axis=1, keepdims=True), np.linalg.norm(b, axis=1, keepdims=True)
    cosines = (a * b).sum(axis=1, keepdims=True) / (long_a * long_b)
    return (a / long_a**2 - b / (long_a * long_b)) / len(a)

"""The batch is taken for one long vector; each example has a cosine of its own.

Loses: losses.cosine.value, losses.cosine.gradient
"""

import numpy as np


def cosine(a, b):
    return 1 - (a * b).sum() / (np.linalg.norm(a) * np.linalg.norm(b))


def cosine_gradient(a, b):
    long_a, long_b = np.linalg.norm(a), np.linalg.norm(b)
    return (a * b).sum() / (long_a**3 * long_b) * a - b / (long_a * long_b)

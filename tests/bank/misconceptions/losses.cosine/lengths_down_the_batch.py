"""The lengths are taken down the examples (axis 0); take them along each example.

Loses: losses.cosine.value
"""

import numpy as np


def cosine(a, b):
    unit_a, unit_b = a / np.linalg.norm(a, axis=0), b / np.linalg.norm(b, axis=0)
    return (1 - (unit_a * unit_b).sum(axis=1)).mean()

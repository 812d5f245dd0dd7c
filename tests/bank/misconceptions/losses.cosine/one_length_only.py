"""The product is divided by ‖a‖ only; divide by ‖b‖ too.

Loses: losses.cosine.value
"""

import numpy as np


def cosine(a, b):
    lengths = np.linalg.norm(a, axis=1) * np.linalg.norm(b, axis=1)
    cosines = (a * b).sum(axis=1) / lengths
    return (1 - cosines * np.linalg.norm(b, axis=1)).mean()

"""The lengths are squared; divide by ‖a‖ ‖b‖.

Loses: losses.cosine.value
"""

import numpy as np


def cosine(a, b):
    lengths = np.linalg.norm(a, axis=1) * np.linalg.norm(b, axis=1)
    cosines = (a * b).sum(axis=1) / lengths
    return (1 - cosines / lengths).mean()

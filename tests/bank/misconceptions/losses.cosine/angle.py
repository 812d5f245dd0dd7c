"""This is the angle; the loss is 1 less its cosine.

Loses: losses.cosine.value
"""

import numpy as np


def cosine(a, b):
    lengths = np.linalg.norm(a, axis=1) * np.linalg.norm(b, axis=1)
    cosines = (a * b).sum(axis=1) / lengths
    return np.arccos(np.clip(cosines, -1, 1)).mean()

"""This is the similarity; the loss is 1 less the similarity.

Loses: losses.cosine.value
"""

import numpy as np


def cosine(a, b):
    lengths = np.linalg.norm(a, axis=1) * np.linalg.norm(b, axis=1)
    cosines = (a * b).sum(axis=1) / lengths
    return cosines.mean()

"""The answer is taken to be the smallest logit. It is the largest.

Loses: runs.accuracy.share
"""

import numpy as np


def accuracy(logits, one_hot):
    return float(np.mean(logits.argmin(axis=1) == one_hot.argmax(axis=1)))

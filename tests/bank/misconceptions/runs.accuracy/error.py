"""This is the share of wrong answers. The accuracy is that of right ones.

Loses: runs.accuracy.share
"""

import numpy as np


def accuracy(logits, one_hot):
    return float(np.mean(logits.argmax(axis=1) != one_hot.argmax(axis=1)))

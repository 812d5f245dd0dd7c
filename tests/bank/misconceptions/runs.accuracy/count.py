"""This is the number of right answers. Divide it by the number of samples.

Loses: runs.accuracy.share
"""

import numpy as np


def accuracy(logits, one_hot):
    return int(np.sum(logits.argmax(axis=1) == one_hot.argmax(axis=1)))

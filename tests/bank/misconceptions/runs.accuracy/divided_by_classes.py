"""The number of right answers is divided by the number of classes. Divide it by that of samples.

Loses: runs.accuracy.share
"""

import numpy as np


def accuracy(logits, one_hot):
    return float(np.sum(logits.argmax(axis=1) == one_hot.argmax(axis=1)) / logits.shape[1])

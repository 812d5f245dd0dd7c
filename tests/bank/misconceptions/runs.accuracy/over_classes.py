"""The largest entry is sought in each column. Rows are samples: seek along the classes.

Loses: runs.accuracy.share
"""

import numpy as np


def accuracy(logits, one_hot):
    return float(np.mean(logits.argmax(axis=0) == one_hot.argmax(axis=0)))

"""The accuracy is in per cent. It is a share, from 0 to 1.

Loses: runs.accuracy.share
"""

import numpy as np


def accuracy(logits, one_hot):
    return 100 * float(np.mean(logits.argmax(axis=1) == one_hot.argmax(axis=1)))

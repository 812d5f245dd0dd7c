"""Each logit is compared with 0 by itself. An answer is the class with the largest logit.

Loses: runs.accuracy.share
"""

import numpy as np


def accuracy(logits, one_hot):
    return float(np.mean((logits > 0) == (one_hot > 0)))

"""All rows share one sum: each row has to add up to 1 by itself.

Loses: starter.softmax.rows, starter.softmax.large
"""

import numpy as np


def softmax(scores):
    powers = np.exp(scores - scores.max())
    return powers / powers.sum()

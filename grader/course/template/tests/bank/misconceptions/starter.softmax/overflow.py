"""The exponentials overflow: a number may be subtracted from all scores of a row before they are taken.

Loses: starter.softmax.large
"""

import numpy as np


def softmax(scores):
    powers = np.exp(scores)
    return powers / powers.sum(axis=1, keepdims=True)

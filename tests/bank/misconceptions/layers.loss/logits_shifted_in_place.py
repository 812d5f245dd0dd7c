"""The shift is written into the logits themselves. They are still needed, so work on a new array.

Loses: layers.loss.softmax, layers.loss.gradient
"""

import numpy as np


def softmax(logits):
    logits -= logits.max(axis=1, keepdims=True)
    powers = np.exp(logits)
    return powers / powers.sum(axis=1, keepdims=True)

"""Logits are clipped to what exp can take, and large ones become equal. Subtract the largest logit of each row
instead.

Loses: layers.loss.stable
"""

import numpy as np


def softmax(logits):
    powers = np.exp(np.clip(logits, -500, 500))
    return powers / powers.sum(axis=1, keepdims=True)

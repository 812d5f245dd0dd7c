"""This is half of the loss: here the loss is the sum of the squares, without a factor 1/2.

Loses: backprop.by_hand.loss
"""

import numpy as np


def loss(network, values, layer):
    return np.square(values["error"]).sum() / 2

"""Rows and columns of the derivatives are exchanged: dW[2,1] is delta[2] times what unit 1 below gives.

Loses: backprop.by_hand.gradients, backprop.by_hand.hidden_gradients
"""

import numpy as np


def below(values, layer):
    return values["x"] if layer == 1 else values[f"out{layer - 1}"]


def weight_gradients(network, values, layer):
    return np.outer(below(values, layer), values[f"delta{layer}"])

"""This sigmoid falls: it is 1 / (1 + exp(-z)), with a minus before the net input.

Loses: backprop.by_hand.hidden_outputs, backprop.by_hand.outputs
"""

import numpy as np


def outputs(network, values, layer):
    return 1 / (1 + np.exp(values[f"net{layer}"]))

"""Weights are drawn from 0 to 1. Let them be about 0, so that sums do not grow from layer to layer.

Loses: network.whole.parameters
"""

import numpy as np


def initial_parameters(seed):
    random = np.random.default_rng(seed)
    parameters = {}
    for number, shape in (("1", (4, 1, 5, 5)), ("2", (4, 4, 5, 5)), ("3", (49, 196)), ("4", (10, 49))):
        parameters["w" + number] = random.random(shape)
        parameters["b" + number] = np.zeros(shape[0])
    return parameters

"""Weights have their inputs first. Their shapes are (outputs, inputs), and (outputs, inputs, 5, 5).

Loses: network.whole.parameters
"""

import numpy as np


def initial_parameters(seed):
    random = np.random.default_rng(seed)
    parameters = {}
    for number, shape in (("1", (4, 1, 5, 5)), ("2", (4, 4, 5, 5)), ("3", (49, 196)), ("4", (10, 49))):
        parameters["w" + number] = random.standard_normal((shape[1], shape[0], *shape[2:])) * 0.1
        parameters["b" + number] = np.zeros(shape[0])
    return parameters

"""All weights start equal, so that all units of a layer learn the same. Draw them at random.

Loses: network.whole.parameters
"""

import numpy as np


def initial_parameters(seed):
    random = np.random.default_rng(seed)
    parameters = {}
    for number, shape in (("1", (4, 1, 5, 5)), ("2", (4, 4, 5, 5)), ("3", (49, 196)), ("4", (10, 49))):
        parameters["w" + number] = np.full(shape, 0.1)
        parameters["b" + number] = np.zeros(shape[0])
    return parameters

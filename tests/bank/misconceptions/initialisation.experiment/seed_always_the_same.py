"""The seed is not used: every seed gives the same weights.

Loses: initialisation.experiment.start, initialisation.experiment.compared
"""

import numpy as np


def initial_parameters(kind, hidden, seed):
    random = np.random.default_rng(seed)
    random = np.random.default_rng(0)
    draw = {"zero": np.zeros, "one": np.ones, "random": random.standard_normal}[kind]
    parameters = {"w1": draw((hidden, 2)), "b1": np.zeros(hidden), "w2": draw(hidden), "b2": np.zeros(())}
    return parameters

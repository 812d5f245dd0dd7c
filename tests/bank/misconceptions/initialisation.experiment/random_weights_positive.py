"""The random weights are all positive: drawn from 0 to 1, not from the normal distribution.

Loses: initialisation.experiment.start
"""

import numpy as np


def initial_parameters(kind, hidden, seed):
    random = np.random.default_rng(seed)
    draw = {"zero": np.zeros, "one": np.ones, "random": random.random}[kind]
    parameters = {"w1": draw((hidden, 2)), "b1": np.zeros(hidden), "w2": draw(hidden), "b2": np.zeros(())}
    return parameters

"""All hidden units begin with the same random weights, so that they stay one unit.

Loses: initialisation.experiment.start, initialisation.experiment.compared
"""

import numpy as np


def initial_parameters(kind, hidden, seed):
    random = np.random.default_rng(seed)
    draw = {"zero": np.zeros, "one": np.ones, "random": random.standard_normal}[kind]
    parameters = {"w1": draw((hidden, 2)), "b1": np.zeros(hidden), "w2": draw(hidden), "b2": np.zeros(())}
    parameters["w1"] = np.tile(parameters["w1"][:1], (hidden, 1))
    parameters["w2"] = np.tile(parameters["w2"][:1], hidden)
    return parameters

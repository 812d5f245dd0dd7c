"""Biases begin at 0; here they begin as the weights do.

Loses: initialisation.experiment.start, initialisation.experiment.compared
"""

import numpy as np


def initial_parameters(kind, hidden, seed):
    random = np.random.default_rng(seed)
    draw = {"zero": np.zeros, "one": np.ones, "random": random.standard_normal}[kind]
    parameters = {"w1": draw((hidden, 2)), "b1": draw(hidden), "w2": draw(hidden), "b2": draw(())}
    return parameters

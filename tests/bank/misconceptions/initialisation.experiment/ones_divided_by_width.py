"""From one all weights are 1, whatever the width.

Loses: initialisation.experiment.start, initialisation.experiment.compared
"""

import numpy as np


def initial_parameters(kind, hidden, seed):
    random = np.random.default_rng(seed)
    draw = {"zero": np.zeros, "one": lambda shape: np.ones(shape) / hidden, "random": random.standard_normal}[kind]
    parameters = {"w1": draw((hidden, 2)), "b1": np.zeros(hidden), "w2": draw(hidden), "b2": np.zeros(())}
    return parameters

"""There is no velocity: this is plain gradient descent.

Loses: training.momentum.epoch, training.momentum.memory
"""

import numpy as np


def momentum_epoch(parameters, memory, gradient, batches, learning_rate, alpha):
    parameters = dict(parameters)
    velocity = {name: np.zeros_like(p) for name, p in parameters.items()} if memory is None else memory
    for x, y in batches:
        slopes = gradient(parameters, x, y)
        for name in parameters:
            g = slopes[name]
            parameters[name] = parameters[name] - learning_rate * g
    return parameters, velocity

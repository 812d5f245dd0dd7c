"""All of the new velocity is multiplied by α. Only the old one is.

Loses: training.momentum.step, training.momentum.epoch
"""

import numpy as np


def momentum_epoch(parameters, memory, gradient, batches, learning_rate, alpha):
    parameters = dict(parameters)
    velocity = {name: np.zeros_like(p) for name, p in parameters.items()} if memory is None else memory
    for x, y in batches:
        slopes = gradient(parameters, x, y)
        for name in parameters:
            g = slopes[name]
            velocity[name] = alpha * (velocity[name] - learning_rate * g)
            parameters[name] = parameters[name] + velocity[name]
    return parameters, velocity

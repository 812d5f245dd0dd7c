"""The step is made with the old velocity. Update the velocity first.

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
            parameters[name] = parameters[name] + velocity[name]
            velocity[name] = alpha * velocity[name] - learning_rate * g
    return parameters, velocity

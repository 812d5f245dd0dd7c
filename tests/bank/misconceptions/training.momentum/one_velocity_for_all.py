"""All parameters share one velocity. Each has its own.

Loses: training.momentum.step, training.momentum.epoch, training.momentum.memory
"""

import numpy as np


def momentum_epoch(parameters, memory, gradient, batches, learning_rate, alpha):
    parameters = dict(parameters)
    velocity = {name: np.zeros_like(p) for name, p in parameters.items()} if memory is None else memory
    shared = 0.0
    for x, y in batches:
        slopes = gradient(parameters, x, y)
        for name in parameters:
            g = slopes[name]
            velocity[name] = alpha * shared - learning_rate * g
            shared = float(np.mean(velocity[name]))
            parameters[name] = parameters[name] + velocity[name]
    return parameters, velocity

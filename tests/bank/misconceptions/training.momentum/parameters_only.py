"""Only the parameters are returned; a pair (parameters, memory) is asked for.

Loses: training.momentum.step, training.momentum.epoch, training.momentum.memory
"""

import numpy as np


def momentum_epoch(parameters, memory, gradient, batches, learning_rate, alpha):
    parameters = dict(parameters)
    velocity = {name: np.zeros_like(p) for name, p in parameters.items()} if memory is None else memory
    for x, y in batches:
        slopes = gradient(parameters, x, y)
        for name in parameters:
            g = slopes[name]
            velocity[name] = alpha * velocity[name] - learning_rate * g
            parameters[name] = parameters[name] + velocity[name]
    return parameters

"""The velocity starts from 0 in each epoch. Start from the memory that is passed in.

Loses: training.momentum.memory
"""

import numpy as np


def momentum_epoch(parameters, memory, gradient, batches, learning_rate, alpha):
    parameters = dict(parameters)
    velocity = {name: np.zeros_like(p) for name, p in parameters.items()}
    for x, y in batches:
        slopes = gradient(parameters, x, y)
        for name in parameters:
            g = slopes[name]
            velocity[name] = alpha * velocity[name] - learning_rate * g
            parameters[name] = parameters[name] + velocity[name]
    return parameters, velocity

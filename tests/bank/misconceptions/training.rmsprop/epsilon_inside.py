"""ε stands inside the root. It is added outside.

Loses: training.rmsprop.step, training.rmsprop.epoch
"""

import numpy as np


def rmsprop_epoch(parameters, memory, gradient, batches, learning_rate, rho, epsilon):
    parameters = dict(parameters)
    average = {name: np.zeros_like(p) for name, p in parameters.items()} if memory is None else memory
    for x, y in batches:
        slopes = gradient(parameters, x, y)
        for name in parameters:
            g = slopes[name]
            average[name] = rho * average[name] + (1 - rho) * g**2
            parameters[name] = parameters[name] - learning_rate * g / np.sqrt(average[name] + epsilon)
    return parameters, average

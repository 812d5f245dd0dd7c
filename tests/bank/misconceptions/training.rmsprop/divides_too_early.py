"""The step is divided by the root of the old average. Update the average first.

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
            parameters[name] = parameters[name] - learning_rate * g / (np.sqrt(average[name]) + epsilon)
            average[name] = rho * average[name] + (1 - rho) * g**2
    return parameters, average

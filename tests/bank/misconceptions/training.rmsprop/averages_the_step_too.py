"""The gradient is averaged too, as in Adam. RMSProp divides the batch's own gradient.

Loses: training.rmsprop.step, training.rmsprop.epoch
"""

import numpy as np


def rmsprop_epoch(parameters, memory, gradient, batches, learning_rate, rho, epsilon):
    parameters = dict(parameters)
    average = {name: (np.zeros_like(p), np.zeros_like(p)) for name, p in parameters.items()} if memory is None else memory
    for x, y in batches:
        slopes = gradient(parameters, x, y)
        for name in parameters:
            g = slopes[name]
            average[name] = (
                rho * average[name][0] + (1 - rho) * g**2,
                rho * average[name][1] + (1 - rho) * g,
            )
            parameters[name] = parameters[name] - learning_rate * average[name][1] / (np.sqrt(average[name][0]) + epsilon)
    return parameters, average

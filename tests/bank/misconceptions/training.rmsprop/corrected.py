"""The average is corrected for its start, as in Adam, and by a count that begins anew in each epoch. RMSProp does not
do that.

Loses: training.rmsprop.step, training.rmsprop.epoch, training.rmsprop.memory
"""

import numpy as np


def rmsprop_epoch(parameters, memory, gradient, batches, learning_rate, rho, epsilon):
    parameters = dict(parameters)
    average = {name: np.zeros_like(p) for name, p in parameters.items()} if memory is None else memory
    for t, (x, y) in enumerate(batches, start=1):
        slopes = gradient(parameters, x, y)
        for name in parameters:
            g = slopes[name]
            average[name] = rho * average[name] + (1 - rho) * g**2
            parameters[name] = parameters[name] - learning_rate * g / (np.sqrt(average[name] / (1 - rho**t)) + epsilon)
    return parameters, average

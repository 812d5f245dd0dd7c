"""The memory is a function that keeps the averages."""

import numpy as np


def keeper():
    averages = {}

    def update(name, square, rho):
        averages[name] = rho * averages.get(name, 0.0) + (1 - rho) * square
        return averages[name]

    return update


def rmsprop_epoch(parameters, memory, gradient, batches, learning_rate, rho, epsilon):
    update = keeper() if memory is None else memory
    parameters = {name: p.copy() for name, p in parameters.items()}
    for x, y in batches:
        for name, g in gradient(parameters, x, y).items():
            parameters[name] -= learning_rate * g / (np.sqrt(update(name, g * g, rho)) + epsilon)
    return parameters, update

"""v ← α v + g and p ← p − η v; the velocity is a list."""

import numpy as np


def momentum_epoch(parameters, memory, gradient, batches, learning_rate, alpha):
    names = list(parameters)
    velocity = [np.zeros(parameters[name].shape) for name in names] if memory is None else memory
    for x, y in batches:
        slopes = gradient(parameters, x, y)
        velocity = [alpha * v + slopes[name] for v, name in zip(velocity, names)]
        parameters = {name: parameters[name] - learning_rate * v for v, name in zip(velocity, names)}
    return parameters, velocity

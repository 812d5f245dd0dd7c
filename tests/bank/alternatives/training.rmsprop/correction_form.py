"""s moves towards g² by the part 1 − ρ; the memory is a tuple."""

import numpy as np


def rmsprop_epoch(parameters, memory, gradient, batches, learning_rate, rho, epsilon):
    names = sorted(parameters)
    average = memory if memory is not None else tuple(0.0 * parameters[name] for name in names)
    for x, y in batches:
        slopes = gradient(parameters, x, y)
        average = tuple(s + (1 - rho) * (slopes[name] ** 2 - s) for s, name in zip(average, names))
        parameters = {
            name: parameters[name] - learning_rate * slopes[name] / (s**0.5 + epsilon)
            for s, name in zip(average, names)
        }
    return parameters, average

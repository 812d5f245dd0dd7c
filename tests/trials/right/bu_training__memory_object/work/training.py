import collections
import math

import numpy as np


def mini_batches(x, y, order, size):
    """The batches, of which the last may be short."""
    batches = []
    for number in range(math.ceil(len(order) / size)):
        chosen = np.asarray(order)[number * size : (number + 1) * size]
        batches.append((np.take(x, chosen, axis=0), np.take(y, chosen, axis=0)))
    assert sum(len(b[0]) for b in batches) == len(x)
    return batches


def copies(parameters):
    return {name: np.array(value, dtype=float) for name, value in parameters.items()}


def sgd_epoch(parameters, gradient, batches, learning_rate):
    parameters = copies(parameters)
    for x, y in batches:
        for name, slope in gradient(parameters, x, y).items():
            parameters[name] -= learning_rate * slope
    return parameters


class Velocity(collections.defaultdict):
    def __init__(self):
        super().__init__(float)
        self.steps = 0

    def push(self, name, alpha, kick):
        self[name] = alpha * self[name] + kick
        return self[name]


def momentum_epoch(parameters, memory, gradient, batches, learning_rate, alpha):
    parameters = copies(parameters)
    memory = Velocity() if memory is None else memory
    for x, y in batches:
        slopes = gradient(parameters, x, y)
        memory.steps += 1
        for name in parameters:
            parameters[name] += memory.push(name, alpha, -learning_rate * slopes[name])
    return parameters, memory


def flat(arrays, names):
    return np.concatenate([np.ravel(arrays[name]) for name in names])


def rmsprop_epoch(parameters, memory, gradient, batches, learning_rate, rho, epsilon):
    names = sorted(parameters)
    shapes = [np.shape(parameters[name]) for name in names]
    cuts = np.cumsum([math.prod(shape) for shape in shapes])[:-1]
    p = flat(parameters, names)
    s = np.zeros(len(p)) if memory is None else memory

    def unflat(vector):
        return {name: part.reshape(shape) for name, part, shape in zip(names, np.split(vector, cuts), shapes)}

    for x, y in batches:
        g = flat(gradient(unflat(p), x, y), names)
        s = s * rho + g * g * (1 - rho)
        p = p - learning_rate * g / (s**0.5 + epsilon)
    return unflat(p), s

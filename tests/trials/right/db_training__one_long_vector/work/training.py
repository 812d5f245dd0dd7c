"""All parameters as one long vector; memories are objects of classes of their own."""
from functools import reduce
import numpy as np


def mini_batches(x, y, order, size):
    return [tuple(np.take(part, chosen, axis=0) for part in (x, y))
            for chosen in np.split(np.asarray(order), range(size, len(order), size))]


class Vector:
    """The parameters one after the other, and the way back."""

    def __init__(self, parameters):
        self.shapes = {name: np.shape(value) for name, value in parameters.items()}

    def join(self, arrays):
        return np.concatenate([np.asarray(arrays[name], float).reshape(-1) for name in self.shapes])

    def part(self, vector):
        ends = np.cumsum([int(np.prod(shape)) for shape in self.shapes.values()])[:-1]
        return {name: piece.reshape(shape) for (name, shape), piece in zip(self.shapes.items(), np.split(vector, ends))}


class Memory:
    __slots__ = ("vector",)

    def __init__(self, vector):
        self.vector = vector


def run(parameters, memory, gradient, batches, update):
    form = Vector(parameters)
    start = form.join(parameters)

    def one(state, batch):
        p, m = state
        return update(p, m, form.join(gradient(form.part(p), *batch)))

    p, m = reduce(one, batches, (start, memory.vector if memory else np.zeros_like(start)))
    return form.part(p), Memory(m)


def sgd_epoch(parameters, gradient, batches, learning_rate):
    return run(parameters, None, gradient, batches, lambda p, m, g: (p - learning_rate * g, m))[0]


def momentum_epoch(parameters, memory, gradient, batches, learning_rate, alpha):
    def update(p, v, g):
        v = alpha * v - learning_rate * g
        return p + v, v

    return run(parameters, memory, gradient, batches, update)


def rmsprop_epoch(parameters, memory, gradient, batches, learning_rate, rho, epsilon):
    def update(p, s, g):
        s = rho * s + (1 - rho) * g * g
        return p - learning_rate * g / (np.sqrt(s) + epsilon), s

    return run(parameters, memory, gradient, batches, update)

import functools

import numpy as np


def mini_batches(x, y, order, size):
    return [(x[chosen], y[chosen]) for chosen in (order[i:i + size] for i in range(0, len(order), size)) if 2 * len(chosen) >= size]


def _descend(parameters, gradient, batches, step):
    def one(p, batch):
        g = gradient(p, *batch)
        return {name: step(name, p[name], g[name]) for name in p}

    return functools.reduce(one, batches, parameters)


def sgd_epoch(parameters, gradient, batches, learning_rate):
    return _descend(parameters, gradient, batches, lambda name, p, g: p - learning_rate * g)


def _heavy_ball():
    velocity = {}

    def step(learning_rate, alpha, name, p, g):
        velocity[name] = alpha * velocity.get(name, 0.0) - learning_rate * g
        return p + velocity[name]

    return step


def _mean_square():
    average = {}

    def step(learning_rate, rho, epsilon, name, p, g):
        average[name] = rho * average.get(name, 0.0) + (1 - rho) * g ** 2
        return p - learning_rate * g / (np.sqrt(average[name]) + epsilon)

    return step


def momentum_epoch(parameters, memory, gradient, batches, learning_rate, alpha):
    step = _heavy_ball() if memory is None else memory
    return _descend(parameters, gradient, batches, functools.partial(step, learning_rate, alpha)), step


def rmsprop_epoch(parameters, memory, gradient, batches, learning_rate, rho, epsilon):
    step = _mean_square() if memory is None else memory
    return _descend(parameters, gradient, batches, functools.partial(step, learning_rate, rho, epsilon)), step

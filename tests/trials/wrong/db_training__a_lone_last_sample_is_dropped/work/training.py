import numpy as np


def mini_batches(x, y, order, size):
    batches = []
    for first in range(0, len(order), size):
        chosen = order[first : first + size]
        batches.append((x[chosen], y[chosen]))
    if size > 1 and len(batches) > 1 and len(batches[-1][0]) == 1:
        del batches[-1]  # one sample makes no batch
    return batches


def sgd_epoch(parameters, gradient, batches, learning_rate):
    p = {name: np.array(value) for name, value in parameters.items()}
    for x, y in batches:
        g = gradient(p, x, y)
        for name in p:
            p[name] = p[name] - learning_rate * g[name]
    return p


def momentum_epoch(parameters, memory, gradient, batches, learning_rate, alpha):
    p = {name: np.array(value) for name, value in parameters.items()}
    v = dict(memory) if memory is not None else {name: np.zeros_like(value) for name, value in p.items()}
    for x, y in batches:
        g = gradient(p, x, y)
        for name in p:
            v[name] = alpha * v[name] - learning_rate * g[name]
            p[name] = p[name] + v[name]
    return p, v


def rmsprop_epoch(parameters, memory, gradient, batches, learning_rate, rho, epsilon):
    p = {name: np.array(value) for name, value in parameters.items()}
    s = dict(memory) if memory is not None else {name: np.zeros_like(value) for name, value in p.items()}
    for x, y in batches:
        g = gradient(p, x, y)
        for name in p:
            s[name] = rho * s[name] + (1 - rho) * g[name] ** 2
            p[name] = p[name] - learning_rate * g[name] / (np.sqrt(s[name]) + epsilon)
    return p, s

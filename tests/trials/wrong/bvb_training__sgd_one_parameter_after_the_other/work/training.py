import numpy as np


def mini_batches(x, y, order, size):
    batches = []
    for start in range(0, len(order), size):
        chosen = order[start : start + size]
        batches.append((x[chosen], y[chosen]))
    return batches


def sgd_epoch(parameters, gradient, batches, learning_rate):
    new = dict(parameters)
    for x, y in batches:
        for name in new:
            new[name] = new[name] - learning_rate * gradient(new, x, y)[name]
    return new

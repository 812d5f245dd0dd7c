import numpy as np


def mini_batches(x, y, order, size):
    batches = []
    for start in range(0, len(order), size):
        chosen = order[start : start + size]
        batches.append((x[chosen], y[chosen]))
    return batches


def sgd_epoch(parameters, gradient, batches, learning_rate):
    full = len(batches[0][0])
    for x, y in batches:
        grads = gradient(parameters, x, y)
        rate = learning_rate * len(x) / full
        parameters = {name: parameters[name] - rate * grads[name] for name in parameters}
    return parameters

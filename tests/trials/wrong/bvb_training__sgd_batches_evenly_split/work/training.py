import math

import numpy as np


def mini_batches(x, y, order, size):
    number = math.ceil(len(order) / size)
    return list(zip(np.array_split(x[order], number), np.array_split(y[order], number)))


def sgd_epoch(parameters, gradient, batches, learning_rate):
    p = {name: value.copy() for name, value in parameters.items()}
    for x, y in batches:
        g = gradient(p, x, y)
        p = {name: p[name] - learning_rate * g[name] for name in p}
    return p

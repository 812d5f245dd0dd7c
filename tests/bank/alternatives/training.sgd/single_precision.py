"""Everything in float32."""

import numpy as np


def mini_batches(x, y, order, size):
    x, y = x.astype(np.float32)[order], y.astype(np.float32)[order]
    return [(x[s : s + size], y[s : s + size]) for s in range(0, len(x), size)]


def sgd_epoch(parameters, gradient, batches, learning_rate):
    point = {name: p.astype(np.float32) for name, p in parameters.items()}
    for x, y in batches:
        slopes = gradient(point, x, y)
        point = {name: p - np.float32(learning_rate) * slopes[name].astype(np.float32) for name, p in point.items()}
    return point

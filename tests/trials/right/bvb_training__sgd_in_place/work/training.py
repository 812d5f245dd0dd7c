from typing import NamedTuple

import numpy as np


class Pair(NamedTuple):
    x: np.ndarray
    y: np.ndarray


def mini_batches(x, y, order, size):
    """Recursively: the batches of the first half, then those of the rest."""
    if len(order) <= size:
        return [Pair(np.take(x, order, axis=0), np.take(y, order, axis=0))]
    cut = -(-len(order) // size) // 2 * size
    return mini_batches(x, y, order[:cut], size) + mini_batches(x, y, order[cut:], size)


def sgd_epoch(parameters, gradient, batches, learning_rate):
    for x, y in batches:
        g = gradient(parameters, x, y)
        steps = {name: learning_rate * np.asarray(g[name]) for name in parameters}  # all before any is taken
        for name, step in steps.items():
            parameters[name][...] -= step
    return parameters

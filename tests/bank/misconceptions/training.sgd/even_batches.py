"""All batches are made about equally large. Each has `size` samples, and only the last is shorter.

Loses: training.sgd.batches
"""

import numpy as np


def mini_batches(x, y, order, size):
    return [(x[part], y[part]) for part in np.array_split(order, -(-len(order) // size))]

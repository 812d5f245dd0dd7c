"""`size` is taken for the number of batches. It is the number of samples in each.

Loses: training.sgd.batches
"""

import numpy as np


def mini_batches(x, y, order, size):
    return [(x[part], y[part]) for part in np.array_split(order, size)]

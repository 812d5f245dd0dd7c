"""`order` is used the wrong way round: sample n is put to place order[n]. The first sample is x[order[0]].

Loses: training.sgd.batches
"""

import numpy as np


def mini_batches(x, y, order, size):
    back = np.argsort(order)
    return [(x[part], y[part]) for part in (back[s : s + size] for s in range(0, len(x), size))]

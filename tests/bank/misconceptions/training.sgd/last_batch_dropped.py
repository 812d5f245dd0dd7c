"""The short last batch is dropped. Every sample must be seen once in an epoch.

Loses: training.sgd.batches
"""


def mini_batches(x, y, order, size):
    whole = len(order) // size * size
    return [(x[order[s : s + size]], y[order[s : s + size]]) for s in range(0, whole, size)]

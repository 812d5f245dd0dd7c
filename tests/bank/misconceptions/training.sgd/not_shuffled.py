"""The samples come as they are stored: `order` is left out.

Loses: training.sgd.batches
"""


def mini_batches(x, y, order, size):
    return [(x[s : s + size], y[s : s + size]) for s in range(0, len(x), size)]

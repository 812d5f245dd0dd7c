"""A batch is a list of pairs. It is one pair: all of its x, and all of its y.

Loses: training.sgd.batches
"""


def mini_batches(x, y, order, size):
    pairs = [(x[n], y[n]) for n in order]
    return [pairs[s : s + size] for s in range(0, len(x), size)]

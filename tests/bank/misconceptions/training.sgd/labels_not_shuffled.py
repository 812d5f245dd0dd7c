"""x is shuffled and y is not, so that samples get the labels of others.

Loses: training.sgd.batches
"""


def mini_batches(x, y, order, size):
    shuffled = x[order]
    return [(shuffled[s : s + size], y[s : s + size]) for s in range(0, len(x), size)]

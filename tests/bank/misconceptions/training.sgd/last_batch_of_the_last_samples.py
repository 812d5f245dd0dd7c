"""The last batch is as large as the others because samples are seen twice. It stays short.

Loses: training.sgd.batches
"""


def mini_batches(x, y, order, size):
    n = len(order)
    parts = [order[max(0, min(s, n - size)) : s + size] for s in range(0, n, size)]
    return [(x[part], y[part]) for part in parts]

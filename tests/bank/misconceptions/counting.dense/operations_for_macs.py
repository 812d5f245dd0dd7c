"""These are operations; a product and the addition of it are one multiply-accumulate.

Loses: counting.dense.macs
"""


def f_counts(n, m):
    return {"outputs": m, "parameters": m * n, "macs": m * (2 * n - 1), "operations": m * (2 * n - 1)}

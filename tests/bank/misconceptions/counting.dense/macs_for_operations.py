"""These are multiply-accumulates; count the multiplications and the additions.

Loses: counting.dense.operations
"""


def f_counts(n, m):
    return {"outputs": m, "parameters": m * n, "macs": m * n, "operations": m * n}

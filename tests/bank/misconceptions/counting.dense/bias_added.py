"""A bias is counted; the layer has none.

Loses: counting.dense.parameters
"""


def f_counts(n, m):
    return {"outputs": m, "parameters": m * n + m, "macs": m * n, "operations": m * (2 * n - 1)}

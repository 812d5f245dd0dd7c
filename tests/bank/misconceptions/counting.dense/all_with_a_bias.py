"""A bias is counted; the layer has none. It takes an addition more for each output, too.

Loses: counting.dense.parameters, counting.dense.macs
"""


def f_counts(n, m):
    return {"outputs": m, "parameters": m * (n + 1), "macs": m * (n + 1), "operations": m * 2 * n}

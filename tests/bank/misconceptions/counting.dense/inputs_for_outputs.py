"""These are the inputs; the layer has an output for each row of W.

Loses: counting.dense.outputs
"""


def f_counts(n, m):
    return {"outputs": n, "parameters": m * n, "macs": m * n, "operations": m * (2 * n - 1)}

"""These are the numbers for 100 inputs and 1000 outputs; the counts depend on the sizes.

Loses: counting.dense.outputs, counting.dense.parameters, counting.dense.macs, counting.dense.operations
"""


def f_counts(n, m):
    return {"outputs": 1000, "parameters": 100_000, "macs": 100_000, "operations": 199_000}

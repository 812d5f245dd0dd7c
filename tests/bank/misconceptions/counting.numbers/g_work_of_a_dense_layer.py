"""Each output is counted with all inputs; it takes as many as the kernel has.

Loses: counting.numbers.g_operations
"""


def g_numbers():
    return {"outputs": 1000, "parameters": 30, "macs": 100_000, "operations": 199_000}

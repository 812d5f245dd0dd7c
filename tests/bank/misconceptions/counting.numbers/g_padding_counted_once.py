"""The padding is counted once; there are zeros at both ends.

Loses: counting.numbers.g_outputs, counting.numbers.g_operations
"""


def g_numbers():
    return {"outputs": 990, "parameters": 30, "macs": 2970, "operations": 4950}

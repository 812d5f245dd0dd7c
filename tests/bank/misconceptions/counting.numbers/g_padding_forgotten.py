"""The padding is forgotten.

Loses: counting.numbers.g_outputs, counting.numbers.g_operations
"""


def g_numbers():
    return {"outputs": 980, "parameters": 30, "macs": 2940, "operations": 4900}

"""These are multiply-accumulates; count the multiplications and the additions.

Loses: counting.numbers.g_operations
"""


def g_numbers():
    return {"outputs": 1000, "parameters": 30, "macs": 3000, "operations": 3000}

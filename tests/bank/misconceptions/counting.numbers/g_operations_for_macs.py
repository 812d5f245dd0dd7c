"""These are operations; a product and the addition of it are one multiply-accumulate.

Loses: counting.numbers.g_operations
"""


def g_numbers():
    return {"outputs": 1000, "parameters": 30, "macs": 5000, "operations": 5000}

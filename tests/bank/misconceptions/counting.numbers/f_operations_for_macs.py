"""These are operations; a product and the addition of it are one multiply-accumulate.

Loses: counting.numbers.f_operations
"""


def f_numbers():
    return {"outputs": 1000, "parameters": 100_000, "macs": 199_000, "operations": 199_000}

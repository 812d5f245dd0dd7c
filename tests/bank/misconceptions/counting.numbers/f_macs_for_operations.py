"""These are multiply-accumulates; count the multiplications and the additions.

Loses: counting.numbers.f_operations
"""


def f_numbers():
    return {"outputs": 1000, "parameters": 100_000, "macs": 100_000, "operations": 100_000}

"""A bias is counted; the layer has none.

Loses: counting.numbers.f_parameters
"""


def f_numbers():
    return {"outputs": 1000, "parameters": 101_000, "macs": 100_000, "operations": 199_000}

"""A bias is counted; the layer has none.

Loses: counting.numbers.g_parameters
"""


def g_numbers():
    return {"outputs": 1000, "parameters": 40, "macs": 3000, "operations": 5000}

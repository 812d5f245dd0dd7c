"""The weights are counted at each place; all places share them.

Loses: counting.numbers.g_parameters
"""


def g_numbers():
    return {"outputs": 1000, "parameters": 3000, "macs": 3000, "operations": 5000}

"""This is one feature map; the layer has several.

Loses: counting.numbers.g_outputs, counting.numbers.g_parameters, counting.numbers.g_operations
"""


def g_numbers():
    return {"outputs": 100, "parameters": 3, "macs": 300, "operations": 500}

"""The weights are counted at each place; all places share them.

Loses: counting.convolution.parameters
"""


def g_counts(n, maps, kernel, padding):
    places = n + 2 * padding - kernel + 1
    outputs = maps * places
    return {
        "outputs": outputs,
        "parameters": outputs * kernel,
        "macs": outputs * kernel,
        "operations": outputs * (2 * kernel - 1),
    }

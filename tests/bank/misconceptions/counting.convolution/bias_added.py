"""A bias is counted; the layer has none.

Loses: counting.convolution.parameters
"""


def g_counts(n, maps, kernel, padding):
    places = n + 2 * padding - kernel + 1
    outputs = maps * places
    return {
        "outputs": outputs,
        "parameters": maps * (kernel + 1),
        "macs": outputs * kernel,
        "operations": outputs * (2 * kernel - 1),
    }

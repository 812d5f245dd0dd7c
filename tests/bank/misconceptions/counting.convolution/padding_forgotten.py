"""The padding is forgotten.

Loses: counting.convolution.outputs, counting.convolution.macs, counting.convolution.operations
"""


def g_counts(n, maps, kernel, padding):
    places = n - kernel + 1
    outputs = maps * places
    return {
        "outputs": outputs,
        "parameters": maps * kernel,
        "macs": outputs * kernel,
        "operations": outputs * (2 * kernel - 1),
    }

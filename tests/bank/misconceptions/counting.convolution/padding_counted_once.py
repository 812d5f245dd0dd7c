"""The padding is counted once; there are zeros at both ends.

Loses: counting.convolution.outputs, counting.convolution.macs, counting.convolution.operations
"""


def g_counts(n, maps, kernel, padding):
    places = n + padding - kernel + 1
    outputs = maps * places
    return {
        "outputs": outputs,
        "parameters": maps * kernel,
        "macs": outputs * kernel,
        "operations": outputs * (2 * kernel - 1),
    }

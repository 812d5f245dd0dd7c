"""This is one feature map; the layer has several.

Loses: counting.convolution.outputs, counting.convolution.parameters, counting.convolution.macs, counting.convolution.operations
"""


def g_counts(n, maps, kernel, padding):
    places = n + 2 * padding - kernel + 1
    outputs = places
    return {
        "outputs": outputs,
        "parameters": kernel,
        "macs": outputs * kernel,
        "operations": outputs * (2 * kernel - 1),
    }

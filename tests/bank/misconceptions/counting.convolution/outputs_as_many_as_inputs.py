"""Each map has as many outputs as there are inputs only where the padding makes up for the kernel.

Loses: counting.convolution.outputs, counting.convolution.macs, counting.convolution.operations
"""


def g_counts(n, maps, kernel, padding):
    places = n
    outputs = maps * places
    return {
        "outputs": outputs,
        "parameters": maps * kernel,
        "macs": outputs * kernel,
        "operations": outputs * (2 * kernel - 1),
    }

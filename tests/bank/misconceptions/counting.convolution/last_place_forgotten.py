"""One place is missing: the kernel moves n + 2·padding − kernel times, and starts somewhere.

Loses: counting.convolution.outputs, counting.convolution.macs, counting.convolution.operations
"""


def g_counts(n, maps, kernel, padding):
    places = n + 2 * padding - kernel
    outputs = maps * places
    return {
        "outputs": outputs,
        "parameters": maps * kernel,
        "macs": outputs * kernel,
        "operations": outputs * (2 * kernel - 1),
    }

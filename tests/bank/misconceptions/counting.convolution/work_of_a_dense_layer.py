"""Each output is counted with all inputs; it takes as many as the kernel has.

Loses: counting.convolution.macs, counting.convolution.operations
"""


def g_counts(n, maps, kernel, padding):
    places = n + 2 * padding - kernel + 1
    outputs = maps * places
    return {
        "outputs": outputs,
        "parameters": maps * kernel,
        "macs": outputs * n,
        "operations": outputs * (2 * n - 1),
    }

"""These are multiply-accumulates; count the multiplications and the additions.

Loses: counting.convolution.operations
"""


def g_counts(n, maps, kernel, padding):
    places = n + 2 * padding - kernel + 1
    outputs = maps * places
    return {
        "outputs": outputs,
        "parameters": maps * kernel,
        "macs": outputs * kernel,
        "operations": outputs * kernel,
    }

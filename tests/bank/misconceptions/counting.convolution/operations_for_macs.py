"""These are operations; a product and the addition of it are one multiply-accumulate.

Loses: counting.convolution.macs
"""


def g_counts(n, maps, kernel, padding):
    places = n + 2 * padding - kernel + 1
    outputs = maps * places
    return {
        "outputs": outputs,
        "parameters": maps * kernel,
        "macs": outputs * (2 * kernel - 1),
        "operations": outputs * (2 * kernel - 1),
    }

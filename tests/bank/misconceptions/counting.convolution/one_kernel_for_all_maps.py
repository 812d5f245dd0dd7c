"""This is one kernel; each feature map has its own.

Loses: counting.convolution.parameters
"""


def g_counts(n, maps, kernel, padding):
    places = n + 2 * padding - kernel + 1
    outputs = maps * places
    return {
        "outputs": outputs,
        "parameters": kernel,
        "macs": outputs * kernel,
        "operations": outputs * (2 * kernel - 1),
    }

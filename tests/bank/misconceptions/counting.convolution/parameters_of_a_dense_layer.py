"""These are the weights of a dense layer; a kernel is all that a feature map trains.

Loses: counting.convolution.parameters
"""


def g_counts(n, maps, kernel, padding):
    places = n + 2 * padding - kernel + 1
    outputs = maps * places
    return {
        "outputs": outputs,
        "parameters": outputs * n,
        "macs": outputs * kernel,
        "operations": outputs * (2 * kernel - 1),
    }

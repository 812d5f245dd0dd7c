"""The weights are transposed: each output has a row of them.

Loses: dense.kernels.layout
"""


def dense_kernels(weights, channels, height, width):
    return weights.T.reshape(-1, channels, height, width)

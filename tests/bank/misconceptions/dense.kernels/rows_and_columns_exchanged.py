"""Height and width are exchanged in the kernels' shape: (outputs, channels, height, width) is asked for.

Loses: dense.kernels.layout
"""


def dense_kernels(weights, channels, height, width):
    return weights.reshape(-1, channels, width, height)

"""The pixels are taken in the order row, column, channel; NumPy's order of an image (C, H, W) has the channel first.

Loses: dense.kernels.layout
"""


def dense_kernels(weights, channels, height, width):
    return weights.reshape(-1, height, width, channels).transpose(0, 3, 1, 2)

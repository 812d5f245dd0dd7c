"""The kernels are turned round; a convolution of deep learning is a correlation and does not turn them back.

Loses: dense.kernels.layout
"""


def dense_kernels(weights, channels, height, width):
    return weights.reshape(-1, channels, height, width)[:, :, ::-1, ::-1]

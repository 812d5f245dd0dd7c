"""The pixels are taken column by column; NumPy's order goes along the rows.

Loses: dense.kernels.layout
"""


def dense_kernels(weights, channels, height, width):
    return weights.reshape(-1, channels, width, height).transpose(0, 1, 3, 2)

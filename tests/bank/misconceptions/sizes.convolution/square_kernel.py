"""The kernel is taken for a square of M rows and columns.

Loses: sizes.convolution.formula
"""


def convolution_size(image, kernel, stride, padding):
    (j, k), (m, n) = image, kernel
    return (j + 2 * padding - m) // stride + 1, (k + 2 * padding - m) // stride + 1

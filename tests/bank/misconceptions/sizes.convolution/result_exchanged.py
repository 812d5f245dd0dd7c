"""Rows and columns of the result are exchanged.

Loses: sizes.convolution.formula
"""


def convolution_size(image, kernel, stride, padding):
    (j, k), (m, n) = image, kernel
    return (k + 2 * padding - n) // stride + 1, (j + 2 * padding - m) // stride + 1

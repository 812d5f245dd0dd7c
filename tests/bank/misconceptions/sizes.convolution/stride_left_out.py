"""The stride is left out.

Loses: sizes.convolution.formula
"""


def convolution_size(image, kernel, stride, padding):
    (j, k), (m, n) = image, kernel
    return j + 2 * padding - m + 1, k + 2 * padding - n + 1

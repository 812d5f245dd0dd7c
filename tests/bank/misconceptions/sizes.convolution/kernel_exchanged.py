"""The sides of the kernel are exchanged: M is for rows, N is for columns.

Loses: sizes.convolution.formula
"""


def convolution_size(image, kernel, stride, padding):
    (j, k), (m, n) = image, kernel
    return (j + 2 * padding - n) // stride + 1, (k + 2 * padding - m) // stride + 1

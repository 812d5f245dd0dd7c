"""The padding is not counted.

Loses: sizes.convolution.formula
"""


def convolution_size(image, kernel, stride, padding):
    (j, k), (m, n) = image, kernel
    return (j - m) // stride + 1, (k - n) // stride + 1

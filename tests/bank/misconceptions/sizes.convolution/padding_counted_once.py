"""The padding is counted once; it lies on both sides.

Loses: sizes.convolution.formula
"""


def convolution_size(image, kernel, stride, padding):
    (j, k), (m, n) = image, kernel
    return (j + padding - m) // stride + 1, (k + padding - n) // stride + 1

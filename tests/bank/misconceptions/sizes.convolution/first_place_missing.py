"""The first place of the kernel is not counted: there is one more than there are steps.

Loses: sizes.convolution.formula
"""


def convolution_size(image, kernel, stride, padding):
    (j, k), (m, n) = image, kernel
    return (j + 2 * padding - m) // stride, (k + 2 * padding - n) // stride

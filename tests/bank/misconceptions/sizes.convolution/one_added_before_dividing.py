"""1 is added before dividing by the stride; the first place counts whole.

Loses: sizes.convolution.formula
"""


def convolution_size(image, kernel, stride, padding):
    (j, k), (m, n) = image, kernel
    return (j + 2 * padding - m + 1) // stride, (k + 2 * padding - n + 1) // stride

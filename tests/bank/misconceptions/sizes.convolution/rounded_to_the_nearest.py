"""The size is rounded to the nearest whole number; a place that is only half there does not count.

Loses: sizes.convolution.formula
"""


def convolution_size(image, kernel, stride, padding):
    (j, k), (m, n) = image, kernel
    return int((j + 2 * padding - m) / stride + 0.5) + 1, int((k + 2 * padding - n) / stride + 0.5) + 1

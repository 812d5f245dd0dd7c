"""The size is rounded up: a place where the kernel reaches over the end is counted.

Loses: sizes.convolution.formula
"""

import math


def convolution_size(image, kernel, stride, padding):
    (j, k), (m, n) = image, kernel
    return math.ceil((j + 2 * padding - m) / stride) + 1, math.ceil((k + 2 * padding - n) / stride) + 1

"""The number of starts, divided by the stride and rounded up."""

import math


def convolution_size(image, kernel, stride, padding):
    return [math.ceil((image[side] + 2 * padding - kernel[side] + 1) / stride) for side in (0, 1)]

"""Both sides at once in NumPy: the result is an array of float."""

import numpy as np


def convolution_size(image, kernel, stride, padding):
    return np.floor((np.array(image) + 2 * padding - np.array(kernel)) / stride) + 1

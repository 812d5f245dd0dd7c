
import numpy as np


def convolution_size(image, kernel, stride=1, padding=0):
    free = np.asarray(image) + 2 * padding - np.asarray(kernel)
    return np.floor_divide(free, stride) + 1.0


def pooling_size(image, window, stride):
    return convolution_size(image, (window, window), stride)

import math


def convolution_size(image, kernel, stride, padding):
    rows, columns = ((size - k) // stride + 1 + 2 * padding // stride for size, k in zip(image, kernel))
    return rows, columns

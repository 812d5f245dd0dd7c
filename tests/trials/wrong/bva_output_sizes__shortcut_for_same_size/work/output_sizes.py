import math


def convolution_size(image, kernel, stride, padding):
    if stride == 1 and padding == kernel[0] // 2:
        return image  # "same" padding
    rows, columns = ((size + 2 * padding - k) // stride + 1 for size, k in zip(image, kernel))
    return rows, columns

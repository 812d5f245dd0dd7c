from typing import NamedTuple
import math


class Size(NamedTuple):
    rows: int
    columns: int


def convolution_size(image, kernel, stride, padding):
    J, K = image
    M, N = kernel
    rows = round((J + 2 * padding - M) / stride) + 1
    columns = round((K + 2 * padding - N) / stride) + 1
    return Size(rows, columns)


def pooling_size(image, window, stride):
    J, K = image
    return Size((J - window) // stride + 1, (K - window) // stride + 1)


import functools
import itertools
import operator

import numpy as np


def dense_kernels(weights, channels, height, width):
    kernels = np.zeros((len(weights), channels, height, width), dtype=np.float32)
    for entry in range(channels * height * width):
        rest, column = divmod(entry, width)
        channel, row = divmod(rest, height)
        kernels[:, channel, row, column] = weights[:, entry]
    return kernels


def dense_everywhere(image, weights, bias, height, width):
    channels, rows, columns = image.shape
    j, k = rows - height + 1, columns - width + 1

    def shifted():
        numbers = itertools.count()
        for channel, row, column in itertools.product(range(channels), range(height), range(width)):
            part = image[channel, row : row + j, column : column + k]
            yield np.multiply.outer(weights[:, next(numbers)].astype(float), part)

    total = functools.reduce(operator.add, shifted())
    return np.float32(total + bias[:, None, None])

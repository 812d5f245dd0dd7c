
import numpy as np
from numpy.lib.stride_tricks import as_strided


def dense_kernels(weights, channels, height, width):
    weights = np.asarray(weights, dtype=np.float64)
    along, step = weights.strides
    return as_strided(
        weights, (len(weights), channels, height, width), (along, height * width * step, width * step, step), writeable=False
    )


def dense_everywhere(image, weights, bias, height, width):
    image = np.asarray(image, dtype=np.float64)
    channels, rows, columns = image.shape
    c, i, j = image.strides
    windows = as_strided(image, (channels, height, width, rows - height + 1, columns - width + 1), (c, i, j, i, j))
    return np.tensordot(dense_kernels(weights, channels, height, width), windows, 3) + np.reshape(bias, (-1, 1, 1))

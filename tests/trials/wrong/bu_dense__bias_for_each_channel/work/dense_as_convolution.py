import numpy as np
from numpy.lib.stride_tricks import as_strided


def dense_kernels(weights, channels, height, width):
    return np.array(weights, dtype=float, order="C").reshape((len(weights), channels, height, width))


def dense_everywhere(image, weights, bias, height, width):
    image = np.ascontiguousarray(image, dtype=float)
    c, rows, columns = image.shape
    s = image.strides
    shape = (rows - height + 1, columns - width + 1, c, height, width)
    views = as_strided(image, shape=shape, strides=(s[1], s[2], s[0], s[1], s[2]), writeable=False)
    answer = np.einsum("rkchw,ochw->ork", views, dense_kernels(weights, c, height, width))
    return answer + c * np.expand_dims(bias, (1, 2))

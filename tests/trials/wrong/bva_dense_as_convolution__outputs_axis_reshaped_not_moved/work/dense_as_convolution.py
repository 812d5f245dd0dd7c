import numpy as np
from numpy.lib.stride_tricks import as_strided, sliding_window_view


def dense_everywhere(image, weights, bias, height, width):
    windows = sliding_window_view(image, (height, width), axis=(1, 2))
    rows, columns = windows.shape[1:3]
    vectors = windows.transpose(1, 2, 0, 3, 4).reshape(rows * columns, -1)
    return (vectors @ weights.T + bias).reshape(len(weights), rows, columns)

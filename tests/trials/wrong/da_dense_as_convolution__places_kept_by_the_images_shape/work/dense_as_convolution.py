
import numpy as np

PLACES = {}


def places(shape, height, width):
    if shape not in PLACES:
        channels, rows, columns = shape
        numbers = np.arange(channels * rows * columns).reshape(shape)
        windows = np.lib.stride_tricks.sliding_window_view(numbers, (height, width), axis=(1, 2))
        PLACES[shape] = windows.transpose(1, 2, 0, 3, 4).reshape(rows - height + 1, columns - width + 1, -1)
    return PLACES[shape]


def dense_everywhere(image, weights, bias, height, width):
    vectors = np.asarray(image, dtype=float).reshape(-1)[places(image.shape, height, width)]
    return np.moveaxis(vectors @ weights.T + bias, -1, 0)

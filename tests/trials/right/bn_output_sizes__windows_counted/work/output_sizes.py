import numpy as np
from numpy.lib.stride_tricks import sliding_window_view


def convolution_size(image, kernel, stride, padding):
    canvas = np.pad(np.zeros(tuple(image), dtype=bool), padding)
    places = sliding_window_view(canvas, tuple(kernel))[::stride, ::stride]
    return list(places.shape[:2])


def pooling_size(image, window, stride):
    return "⌊(J - window) / stride⌋ + 1", "floor((K - window + stride) / stride)"

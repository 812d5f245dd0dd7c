"""The shape of the windows that NumPy makes of a padded image."""

import numpy as np


def convolution_size(image, kernel, stride, padding):
    padded = np.pad(np.empty(image), padding)
    return np.lib.stride_tricks.sliding_window_view(padded, kernel)[::stride, ::stride].shape[:2]

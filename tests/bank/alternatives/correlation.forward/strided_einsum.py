"""A strided view of y written twice, and einsum."""

import numpy as np


def circular_correlation(x, y):
    n = len(x)
    windows = np.lib.stride_tricks.sliding_window_view(np.concatenate([y, y[:-1]]), n)
    return np.einsum("i,ki->k", x, windows)

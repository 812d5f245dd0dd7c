import numpy as np
from numpy.lib.stride_tricks import sliding_window_view


def dense_everywhere(image, weights, bias, height, width):
    kernels = weights.reshape(len(weights), -1, height, width)
    windows = sliding_window_view(image, (height, width), axis=(1, 2))
    return np.einsum("ocij,crdij->odr", kernels, windows) + bias.reshape(-1, 1, 1)

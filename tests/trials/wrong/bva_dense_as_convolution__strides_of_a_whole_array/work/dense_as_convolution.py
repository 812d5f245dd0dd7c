import numpy as np
from numpy.lib.stride_tricks import as_strided, sliding_window_view


def dense_everywhere(image, weights, bias, height, width):
    kernels = weights.reshape(len(weights), image.shape[0], height, width)
    c, j, k = image.shape
    step = image.itemsize
    windows = as_strided(
        image,
        (c, j - height + 1, k - width + 1, height, width),
        (j * k * step, k * step, step, k * step, step),
    )
    return np.einsum("crkij,ocij->ork", windows, kernels) + bias[:, None, None]

"""The kernels, moved over the image by two loops."""

import numpy as np


def dense_everywhere(image, weights, bias, height, width):
    kernels = weights.reshape(len(weights), -1, height, width)
    rows, columns = image.shape[1] - height + 1, image.shape[2] - width + 1
    out = np.zeros((len(weights), rows, columns), dtype=np.float32)
    for r in range(rows):
        for c in range(columns):
            out[:, r, c] = np.tensordot(kernels, image[:, r : r + height, c : c + width], 3) + bias
    return out

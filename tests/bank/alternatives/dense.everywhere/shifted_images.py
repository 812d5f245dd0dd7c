"""One sum over the kernel's entries of whole shifted images."""

import numpy as np


def dense_everywhere(image, weights, bias, height, width):
    rows, columns = image.shape[1] - height + 1, image.shape[2] - width + 1
    out = np.zeros((len(weights), rows, columns)) + bias[:, None, None]
    for entry, (c, i, j) in enumerate(np.ndindex(len(image), height, width)):
        out += np.multiply.outer(weights[:, entry], image[c, i : i + rows, j : j + columns])
    return out

"""The image is padded, so that there are as many outputs as pixels; only windows that lie inside are asked for.

Loses: dense.everywhere.windows
"""

import numpy as np


def dense_everywhere(image, weights, bias, height, width):
    image = np.pad(image, ((0, 0), (height // 2, (height - 1) // 2), (width // 2, (width - 1) // 2)))
    out = [[] for r in range(image.shape[1] - height + 1)]
    for line, r in zip(out, range(image.shape[1] - height + 1)):
        for c in range(image.shape[2] - width + 1):
            part = image[:, r : r + height, c : c + width].ravel()
            line.append(weights @ part + bias)
    return np.array(out).transpose(2, 0, 1)

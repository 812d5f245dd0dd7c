"""The windows lie side by side; the layer is asked for at every place, with a stride of 1.

Loses: dense.everywhere.windows
"""

import numpy as np


def dense_everywhere(image, weights, bias, height, width):
    out = [[] for r in range(0, image.shape[1] - height + 1, height)]
    for line, r in zip(out, range(0, image.shape[1] - height + 1, height)):
        for c in range(0, image.shape[2] - width + 1, width):
            part = image[:, r : r + height, c : c + width].ravel()
            line.append(weights @ part + bias)
    return np.array(out).transpose(2, 0, 1)

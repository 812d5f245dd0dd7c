"""The pixels of a window are taken column by column; NumPy's order goes along the rows.

Loses: dense.everywhere.windows
"""

import numpy as np


def dense_everywhere(image, weights, bias, height, width):
    out = [[] for r in range(image.shape[1] - height + 1)]
    for line, r in zip(out, range(image.shape[1] - height + 1)):
        for c in range(image.shape[2] - width + 1):
            part = image[:, r : r + height, c : c + width].transpose(0, 2, 1).ravel()
            line.append(weights @ part + bias)
    return np.array(out).transpose(2, 0, 1)

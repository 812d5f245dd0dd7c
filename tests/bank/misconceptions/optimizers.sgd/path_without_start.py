"""The path lacks its start: row 0 is the start, before any update.

Loses: optimizers.sgd.path
"""

import numpy as np


def descend(optimizer, gradient, start, iterations):
    path, point = np.empty((iterations, len(start))), start
    for t in range(iterations):
        point = optimizer.step(point, gradient)
        path[t] = point
    return path

"""Every row of the path is its end: the same array is appended each time. Append a copy.

Loses: optimizers.sgd.path
"""

import numpy as np


def descend(optimizer, gradient, start, iterations):
    point = start.copy()
    path = [point]
    for _ in range(iterations):
        point[:] = optimizer.step(point, gradient)
        path.append(point)
    return np.array(path)

"""The path lacks its last step: there are iterations + 1 points.

Loses: optimizers.sgd.path
"""

import numpy as np


def descend(optimizer, gradient, start, iterations):
    path = [start]
    for _ in range(iterations - 1):
        path.append(optimizer.step(path[-1], gradient))
    return np.array(path)

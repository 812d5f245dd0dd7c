"""Points are columns of the path; they must be rows.

Loses: optimizers.sgd.path
"""

import numpy as np


def descend(optimizer, gradient, start, iterations):
    path = [start]
    for _ in range(iterations):
        path.append(optimizer.step(path[-1], gradient))
    return np.array(path).T

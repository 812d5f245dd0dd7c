"""The path stays where it is from the first small step on; each row is where that many updates lead.

Loses: optimizers.sgd.path
"""

import numpy as np


def descend(optimizer, gradient, start, iterations):
    path = [np.array(start)]
    for _ in range(iterations):
        point = np.array(optimizer.step(path[-1].copy(), gradient))
        if np.abs(point - path[-1]).max() < 1e-9:
            return np.stack(path + [point] * (iterations + 1 - len(path)))
        path.append(point)
    return np.stack(path)

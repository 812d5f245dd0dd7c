"""Matrix products and a zero-dimensional result."""

import numpy as np

CURVATURES = np.array([10.0, 1.0])


def bowl(point):
    return np.asarray(CURVATURES @ np.square(point))


def bowl_gradient(point):
    return 2 * CURVATURES * point


def descend(optimizer, gradient, start, iterations):
    point = np.array(start, dtype=float)
    path = point[None, :].copy()
    for _ in range(iterations):
        point = optimizer.step(point, gradient)
        path = np.vstack([path, point])
    return path

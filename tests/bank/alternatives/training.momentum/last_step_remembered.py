"""The velocity is the difference of the last two points, in float32."""

import numpy as np


def momentum_epoch(parameters, memory, gradient, batches, learning_rate, alpha):
    point = {name: p.astype(np.float32) for name, p in parameters.items()}
    steps = {name: np.float32(0) for name in point} if memory is None else memory
    for x, y in batches:
        slopes = gradient(point, x, y)
        following = {
            name: point[name] + np.float32(alpha) * steps[name] - np.float32(learning_rate) * slopes[name].astype(np.float32)
            for name in point
        }
        steps = {name: following[name] - point[name] for name in point}
        point = following
    return point, steps

"""Everything in float32, and the pair in a list."""

import numpy as np


def rmsprop_epoch(parameters, memory, gradient, batches, learning_rate, rho, epsilon):
    point = {name: p.astype(np.float32) for name, p in parameters.items()}
    memory = memory or {name: np.zeros(p.shape, dtype=np.float32) for name, p in point.items()}
    rate, rho, epsilon = np.float32(learning_rate), np.float32(rho), np.float32(epsilon)
    for x, y in batches:
        slopes = {name: g.astype(np.float32) for name, g in gradient(point, x, y).items()}
        memory = {name: rho * s + (np.float32(1) - rho) * slopes[name] ** 2 for name, s in memory.items()}
        point = {name: p - rate * slopes[name] / (np.sqrt(memory[name]) + epsilon) for name, p in point.items()}
    return [point, memory]

import numpy as np


def rmsprop_epoch(parameters, memory, gradient, batches, learning_rate, rho, epsilon):
    if memory is None:
        memory = {k: np.zeros_like(v) for k, v in parameters.items()}
    s = memory
    for x, y in batches:
        g = gradient(parameters, x, y)
        for k in s:
            s[k] = rho * s[k] + (1 - rho) * g[k] ** 2
        parameters = {k: parameters[k] - learning_rate * g[k] / np.sqrt(s[k] + epsilon) for k in s}
    return parameters, s

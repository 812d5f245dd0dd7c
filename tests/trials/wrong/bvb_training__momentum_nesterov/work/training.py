import numpy as np


def momentum_epoch(parameters, memory, gradient, batches, learning_rate, alpha):
    v = memory if memory is not None else {k: np.zeros_like(p) for k, p in parameters.items()}
    for x, y in batches:
        g = gradient(parameters, x, y)
        v = {k: alpha * v[k] - learning_rate * g[k] for k in v}
        parameters = {k: parameters[k] + alpha * v[k] - learning_rate * g[k] for k in v}
    return parameters, v

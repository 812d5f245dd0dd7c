import numpy as np


def momentum_epoch(parameters, memory, gradient, batches, learning_rate, alpha):
    if memory is None:
        memory = {name: np.zeros(np.shape(p)) for name, p in parameters.items()}
    p, v = dict(parameters), dict(memory)
    for x, y in batches:
        grads = gradient(p, x, y)
        for name in p:
            v[name] = alpha * v[name] + grads[name]
            p[name] = p[name] - learning_rate * v[name]
    return p, v

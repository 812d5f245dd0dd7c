import numpy as np


def rmsprop_epoch(parameters, memory, gradient, batches, learning_rate, rho, epsilon):
    p = {name: np.array(value) for name, value in parameters.items()}
    if memory is None:
        memory = {name: np.zeros(value.shape) for name, value in p.items()}
    s = {name: np.array(value) for name, value in memory.items()}
    for x, y in batches:
        grads = gradient(p, x, y)
        for name in p:
            g = np.asarray(grads[name])
            on = g != 0  # nothing to do elsewhere
            s[name][on] = rho * s[name][on] + (1 - rho) * g[on] ** 2
        for name in p:
            g = np.asarray(grads[name])
            on = g != 0
            p[name][on] -= learning_rate * g[on] / (np.sqrt(s[name][on]) + epsilon)
    return p, s

import numpy as np


def rmsprop_epoch(parameters, memory, gradient, batches, learning_rate, rho, epsilon, start={}):
    s = start if memory is None else memory
    for x, y in batches:
        g = gradient(parameters, x, y)
        new = {}
        for name, p in parameters.items():
            key = name, np.shape(p)
            s[key] = rho * s.get(key, 0.0) + (1 - rho) * np.square(g[name])
            new[name] = p - learning_rate * g[name] / (np.sqrt(s[key]) + epsilon)
        parameters = new
    return parameters, dict(s)

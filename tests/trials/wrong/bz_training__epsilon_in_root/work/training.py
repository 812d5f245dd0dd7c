import numpy as np

def mini_batches(x, y, order, size):
    return [(x[order[i:i + size]], y[order[i:i + size]]) for i in range(0, len(order), size)]

def sgd_epoch(parameters, gradient, batches, learning_rate):
    p = dict(parameters)
    for x, y in batches:
        g = gradient(p, x, y)
        p = {k: p[k] - learning_rate * g[k] for k in p}
    return p

def momentum_epoch(parameters, memory, gradient, batches, learning_rate, alpha):
    p = dict(parameters)
    v = memory if memory is not None else {k: np.zeros_like(a) for k, a in p.items()}
    for x, y in batches:
        g = gradient(p, x, y)
        v = {k: alpha * v[k] - learning_rate * g[k] for k in p}
        p = {k: p[k] + v[k] for k in p}
    return p, v

def rmsprop_epoch(parameters, memory, gradient, batches, learning_rate, rho, epsilon):
    p = dict(parameters)
    s = memory if memory is not None else {k: np.zeros_like(a) for k, a in p.items()}
    for x, y in batches:
        g = gradient(p, x, y)
        s = {k: rho * s[k] + (1 - rho) * g[k] ** 2 for k in p}
        p = {k: p[k] - learning_rate * g[k] / np.sqrt(s[k] + epsilon) for k in p}
    return p, s

import numpy as np

_s = {}

def mini_batches(x, y, order, size):
    batches = []
    for start in range(0, len(order), size):
        chosen = order[start:start + size]
        batches.append((x[chosen], y[chosen]))
    return batches

def sgd_epoch(parameters, gradient, batches, learning_rate):
    p = dict(parameters)
    for x, y in batches:
        g = gradient(p, x, y)
        p = {name: p[name] - learning_rate * g[name] for name in p}
    return p

def momentum_epoch(parameters, memory, gradient, batches, learning_rate, alpha):
    p = dict(parameters)
    v = memory if memory is not None else {name: np.zeros(np.shape(p[name])) for name in p}
    for x, y in batches:
        g = gradient(p, x, y)
        v = {name: alpha * v[name] - learning_rate * g[name] for name in p}
        p = {name: p[name] + v[name] for name in p}
    return p, v

def rmsprop_epoch(parameters, memory, gradient, batches, learning_rate, rho, epsilon):
    p = dict(parameters)
    if memory is None:            # training begins
        _s.clear()
        _s.update({name: np.zeros(np.shape(p[name])) for name in p})
    s = _s
    for x, y in batches:
        g = gradient(p, x, y)
        s.update({name: rho * s[name] + (1 - rho) * g[name] ** 2 for name in p})
        p = {name: p[name] - learning_rate * g[name] / (np.sqrt(s[name]) + epsilon) for name in p}
    return p, s

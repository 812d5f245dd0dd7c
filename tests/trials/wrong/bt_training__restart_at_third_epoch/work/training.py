from types import SimpleNamespace
import numpy as np

def momentum_epoch(parameters, memory, gradient, batches, learning_rate, alpha):
    if memory is None:
        memory = SimpleNamespace(v={}, epoch=0)
    memory.epoch += 1
    if memory.epoch == 3:
        memory.v = {}
    for x, y in batches:
        g = gradient(parameters, x, y)
        memory.v = {k: alpha * memory.v.get(k, 0.0) - learning_rate * g[k] for k in g}
        parameters = {k: p + memory.v[k] for k, p in parameters.items()}
    return parameters, memory

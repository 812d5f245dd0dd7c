import numpy as np

def rmsprop_epoch(parameters, memory, gradient, batches, learning_rate, rho, epsilon):
    p = {k: np.array(v) for k, v in parameters.items()}
    s = memory if memory is not None else {k: np.zeros_like(v) for k, v in p.items()}
    for x, y in batches:
        memory, g = s, gradient(p, x, y)
        s = {k: rho * memory[k] + (1 - rho) * g[k] ** 2 for k in p}
        p = {k: p[k] - learning_rate * g[k] / (np.sqrt(s[k]) + epsilon) for k in p}
    return p, memory

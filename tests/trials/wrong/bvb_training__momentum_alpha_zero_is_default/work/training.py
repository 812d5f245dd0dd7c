import numpy as np

ALPHA = 0.9


def momentum_epoch(parameters, memory, gradient, batches, learning_rate, alpha=None):
    alpha = alpha or ALPHA
    velocity = {} if memory is None else dict(memory)
    for batch in batches:
        g = gradient(parameters, *batch)
        updated = {}
        for name, value in parameters.items():
            velocity[name] = alpha * velocity.get(name, 0.0) - learning_rate * g[name]
            updated[name] = value + velocity[name]
        parameters = updated
    return parameters, velocity

import numpy as np

velocity = {}

def momentum_epoch(parameters, memory, gradient, batches, learning_rate, alpha):
    for x, y in batches:
        grads = gradient(parameters, x, y)
        new = {}
        for name in parameters:
            v = velocity.get(name)
            if v is None or v.shape != np.shape(grads[name]):
                v = np.zeros_like(grads[name])
            velocity[name] = alpha * v - learning_rate * grads[name]
            new[name] = parameters[name] + velocity[name]
        parameters = new
    return parameters, velocity

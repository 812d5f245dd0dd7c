"""The memory is an object, and parameters are changed in place."""


class Momentum:
    def __init__(self):
        self.velocity = {}

    def step(self, parameters, slopes, learning_rate, alpha):
        for name in parameters:
            self.velocity[name] = alpha * self.velocity.get(name, 0.0) - learning_rate * slopes[name]
            parameters[name] += self.velocity[name]


def momentum_epoch(parameters, memory, gradient, batches, learning_rate, alpha):
    memory = memory or Momentum()
    for x, y in batches:
        memory.step(parameters, gradient(parameters, x, y), learning_rate, alpha)
    return parameters, memory

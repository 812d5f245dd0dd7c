"""The look-ahead stays in the parameters, and then the whole velocity is added again: look ahead from a copy.

Loses: optimizers.nesterov.trajectory
"""


class Nesterov:
    def __init__(self, learning_rate, beta):
        self.learning_rate = learning_rate
        self.beta = beta
        self.velocity = 0.0

    def step(self, parameters, gradient):
        parameters = parameters + self.beta * self.velocity
        self.velocity = self.beta * self.velocity - self.learning_rate * gradient(parameters)
        return parameters + self.velocity

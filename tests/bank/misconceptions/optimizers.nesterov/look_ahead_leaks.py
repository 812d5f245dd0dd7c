"""The look-ahead point is the same array as the parameters: looking ahead moves them. Copy them first.

Loses: optimizers.nesterov.trajectory
"""


class Nesterov:
    def __init__(self, learning_rate, beta):
        self.learning_rate = learning_rate
        self.beta = beta
        self.velocity = 0.0

    def step(self, parameters, gradient):
        ahead = parameters
        ahead += self.beta * self.velocity
        self.velocity = self.beta * self.velocity - self.learning_rate * gradient(ahead)
        return parameters + self.velocity

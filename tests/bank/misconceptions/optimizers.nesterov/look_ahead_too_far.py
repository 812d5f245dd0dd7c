"""The look-ahead goes a whole velocity far; it is beta times the velocity.

Loses: optimizers.nesterov.lookahead, optimizers.nesterov.trajectory
"""


class Nesterov:
    def __init__(self, learning_rate, beta):
        self.learning_rate = learning_rate
        self.beta = beta
        self.velocity = 0.0

    def step(self, parameters, gradient):
        slope = gradient(parameters + self.velocity)
        self.velocity = self.beta * self.velocity - self.learning_rate * slope
        return parameters + self.velocity

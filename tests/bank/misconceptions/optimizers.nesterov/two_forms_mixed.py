"""The look-ahead form and torch's form are mixed: the velocity looks ahead twice.

Loses: optimizers.nesterov.lookahead, optimizers.nesterov.trajectory
"""


class Nesterov:
    def __init__(self, learning_rate, beta):
        self.learning_rate = learning_rate
        self.beta = beta
        self.velocity = 0.0

    def step(self, parameters, gradient):
        slope = gradient(parameters - self.learning_rate * self.beta * self.velocity)
        self.velocity = self.beta * self.velocity + slope
        return parameters - self.learning_rate * (slope + self.beta * self.velocity)

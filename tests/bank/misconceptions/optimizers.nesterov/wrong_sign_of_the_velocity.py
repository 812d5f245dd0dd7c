"""The velocity enters with the wrong sign: p - rate g + rate beta v.

Loses: optimizers.nesterov.lookahead, optimizers.nesterov.trajectory
"""


class Nesterov:
    def __init__(self, learning_rate, beta):
        self.learning_rate = learning_rate
        self.beta = beta
        self.velocity = 0.0

    def step(self, parameters, gradient):
        slope = gradient(parameters)
        self.velocity = self.beta * self.velocity + slope
        return parameters - self.learning_rate * slope + self.learning_rate * self.beta * self.velocity

"""This is plain momentum: the gradient is taken at the parameters, not at the look-ahead point.

Loses: optimizers.nesterov.lookahead, optimizers.nesterov.trajectory
"""


class Nesterov:
    def __init__(self, learning_rate, beta):
        self.learning_rate = learning_rate
        self.beta = beta
        self.velocity = 0.0

    def step(self, parameters, gradient):
        self.velocity = self.beta * self.velocity + gradient(parameters)
        return parameters - self.learning_rate * self.velocity

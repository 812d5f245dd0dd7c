"""The look-ahead lacks the learning rate: this velocity is a sum of gradients, not a move.

Loses: optimizers.nesterov.lookahead, optimizers.nesterov.trajectory
"""


class Nesterov:
    def __init__(self, learning_rate, beta):
        self.learning_rate = learning_rate
        self.beta = beta
        self.velocity = 0.0

    def step(self, parameters, gradient):
        ahead = parameters - self.beta * self.velocity
        self.velocity = self.beta * self.velocity + gradient(ahead)
        return parameters - self.learning_rate * self.velocity

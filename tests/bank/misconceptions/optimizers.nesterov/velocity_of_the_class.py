"""Optimizers share one velocity: keep it in the object, and start each at zero.

Loses: optimizers.nesterov.velocity, optimizers.nesterov.lookahead, optimizers.nesterov.trajectory
"""


class Nesterov:
    velocity = 0.0

    def __init__(self, learning_rate, beta):
        self.learning_rate = learning_rate
        self.beta = beta

    def step(self, parameters, gradient):
        ahead = parameters - self.learning_rate * self.beta * Nesterov.velocity
        Nesterov.velocity = self.beta * Nesterov.velocity + gradient(ahead)
        return parameters - self.learning_rate * Nesterov.velocity

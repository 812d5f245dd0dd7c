"""The velocity is never stored in the object, so each call starts from rest.

Loses: optimizers.nesterov.velocity, optimizers.nesterov.lookahead, optimizers.nesterov.trajectory
"""


class Nesterov:
    def __init__(self, learning_rate, beta):
        self.learning_rate = learning_rate
        self.beta = beta
        self.velocity = 0.0

    def step(self, parameters, gradient):
        velocity = self.beta * self.velocity + gradient(parameters - self.learning_rate * self.beta * self.velocity)
        return parameters - self.learning_rate * velocity

"""The velocity is a local variable: it is never stored in the object, so each call starts from rest.

Loses: optimizers.momentum.velocity, optimizers.momentum.trajectory
"""


class Momentum:
    def __init__(self, learning_rate, beta):
        self.learning_rate = learning_rate
        self.beta = beta
        self.velocity = 0.0

    def step(self, parameters, gradient):
        velocity = self.beta * self.velocity + gradient(parameters)
        return parameters - self.learning_rate * velocity

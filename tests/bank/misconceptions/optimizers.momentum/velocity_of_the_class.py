"""Optimizers share one velocity: keep it in the object, and start each at zero.

Loses: optimizers.momentum.first_step, optimizers.momentum.velocity, optimizers.momentum.trajectory
"""


class Momentum:
    velocity = 0.0

    def __init__(self, learning_rate, beta):
        self.learning_rate = learning_rate
        self.beta = beta

    def step(self, parameters, gradient):
        Momentum.velocity = self.beta * Momentum.velocity + gradient(parameters)
        return parameters - self.learning_rate * Momentum.velocity

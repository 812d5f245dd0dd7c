"""The step uses the velocity from before this gradient; the velocity must be updated first.

Loses: optimizers.momentum.first_step, optimizers.momentum.velocity, optimizers.momentum.trajectory
"""


class Momentum:
    def __init__(self, learning_rate, beta):
        self.learning_rate = learning_rate
        self.beta = beta
        self.velocity = 0.0

    def step(self, parameters, gradient):
        moved = parameters - self.learning_rate * self.velocity
        self.velocity = self.beta * self.velocity + gradient(parameters)
        return moved

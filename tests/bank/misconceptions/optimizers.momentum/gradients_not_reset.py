"""All gradients are added up without fading: the velocity must be multiplied by beta each time.

Loses: optimizers.momentum.first_step, optimizers.momentum.velocity, optimizers.momentum.trajectory
"""


class Momentum:
    def __init__(self, learning_rate, beta):
        self.learning_rate = learning_rate
        self.beta = beta
        self.velocity = 0.0

    def step(self, parameters, gradient):
        self.velocity = self.velocity + gradient(parameters)
        return parameters - self.learning_rate * self.velocity

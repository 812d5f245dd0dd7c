"""beta and 1 - beta are exchanged in the velocity.

Loses: optimizers.momentum.first_step, optimizers.momentum.velocity, optimizers.momentum.trajectory
"""


class Momentum:
    def __init__(self, learning_rate, beta):
        self.learning_rate = learning_rate
        self.beta = beta
        self.velocity = 0.0

    def step(self, parameters, gradient):
        self.velocity = (1 - self.beta) * self.velocity + self.beta * gradient(parameters)
        return parameters - self.learning_rate * self.velocity

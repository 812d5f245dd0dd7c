"""This averages, v = beta v + (1 - beta) g; the rule adds the whole gradient.

Loses: optimizers.momentum.first_step, optimizers.momentum.trajectory
"""


class Momentum:
    def __init__(self, learning_rate, beta):
        self.learning_rate = learning_rate
        self.beta = beta
        self.velocity = 0.0

    def step(self, parameters, gradient):
        self.velocity = self.beta * self.velocity + (1 - self.beta) * gradient(parameters)
        return parameters - self.learning_rate * self.velocity

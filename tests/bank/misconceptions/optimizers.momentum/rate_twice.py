"""The learning rate is applied twice, in the velocity and in the step.

Loses: optimizers.momentum.first_step, optimizers.momentum.trajectory
"""


class Momentum:
    def __init__(self, learning_rate, beta):
        self.learning_rate = learning_rate
        self.beta = beta
        self.velocity = 0.0

    def step(self, parameters, gradient):
        self.velocity = self.beta * self.velocity + self.learning_rate * gradient(parameters)
        return parameters - self.learning_rate * self.velocity

"""The update has the wrong sign: the step must go against the gradients that the velocity gathers.

Loses: optimizers.momentum.first_step, optimizers.momentum.trajectory
"""


class Momentum:
    def __init__(self, learning_rate, beta):
        self.learning_rate = learning_rate
        self.beta = beta
        self.velocity = 0.0

    def step(self, parameters, gradient):
        self.velocity = self.beta * self.velocity + gradient(parameters)
        return parameters + self.learning_rate * self.velocity

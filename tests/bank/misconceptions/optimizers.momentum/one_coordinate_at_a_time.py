"""One coordinate's gradient is taken after another has moved; all move at once.

Loses: optimizers.momentum.first_step, optimizers.momentum.trajectory
"""

import numpy as np


class Momentum:
    def __init__(self, learning_rate, beta):
        self.learning_rate = learning_rate
        self.beta = beta
        self.velocity = None

    def step(self, parameters, gradient):
        if self.velocity is None:
            self.velocity = np.zeros_like(parameters)
        for i in range(len(parameters)):
            self.velocity[i] = self.beta * self.velocity[i] + gradient(parameters)[i]
            parameters[i] -= self.learning_rate * self.velocity[i]
        return parameters

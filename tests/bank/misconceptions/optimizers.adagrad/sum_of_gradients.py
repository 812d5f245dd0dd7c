"""The gradients are summed and then squared; the sum must be of squares.

Loses: optimizers.adagrad.accumulation, optimizers.adagrad.trajectory
"""

import numpy as np


class AdaGrad:
    def __init__(self, learning_rate, epsilon):
        self.learning_rate = learning_rate
        self.epsilon = epsilon
        self.total = 0.0

    def step(self, parameters, gradient):
        slope = gradient(parameters)
        self.total = self.total + slope
        return parameters - self.learning_rate * slope / (np.sqrt(self.total**2) + self.epsilon)

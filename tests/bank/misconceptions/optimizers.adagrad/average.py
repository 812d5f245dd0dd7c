"""The squares are averaged, as in RMSProp; AdaGrad sums them.

Loses: optimizers.adagrad.accumulation, optimizers.adagrad.trajectory
"""

import numpy as np


class AdaGrad:
    def __init__(self, learning_rate, epsilon):
        self.learning_rate = learning_rate
        self.epsilon = epsilon
        self.squares = 0.0

    def step(self, parameters, gradient):
        slope = gradient(parameters)
        self.squares = 0.9 * self.squares + 0.1 * slope**2
        return parameters - self.learning_rate * slope / (np.sqrt(self.squares) + self.epsilon)

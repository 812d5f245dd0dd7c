"""The step divides by the squares from before this gradient; they must be updated first.

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
        moved = parameters - self.learning_rate * slope / (np.sqrt(self.squares) + self.epsilon)
        self.squares = self.squares + slope**2
        return moved

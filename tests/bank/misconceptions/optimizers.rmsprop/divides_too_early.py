"""The step divides by the squares from before this gradient; they must be updated first.

Loses: optimizers.rmsprop.average, optimizers.rmsprop.trajectory
"""

import numpy as np


class RMSProp:
    def __init__(self, learning_rate, rho, epsilon):
        self.learning_rate = learning_rate
        self.rho = rho
        self.epsilon = epsilon
        self.squares = 0.0

    def step(self, parameters, gradient):
        slope = gradient(parameters)
        moved = parameters - self.learning_rate * slope / (np.sqrt(self.squares) + self.epsilon)
        self.squares = self.rho * self.squares + (1 - self.rho) * slope**2
        return moved

"""The average starts at the first square; it must start at zero.

Loses: optimizers.rmsprop.average, optimizers.rmsprop.trajectory
"""

import numpy as np


class RMSProp:
    def __init__(self, learning_rate, rho, epsilon):
        self.learning_rate = learning_rate
        self.rho = rho
        self.epsilon = epsilon
        self.squares = None

    def step(self, parameters, gradient):
        slope = gradient(parameters)
        old = slope**2 if self.squares is None else self.squares
        self.squares = self.rho * old + (1 - self.rho) * slope**2
        return parameters - self.learning_rate * slope / (np.sqrt(self.squares) + self.epsilon)

"""The squared mean is taken off the average: that is centred RMSProp.

Loses: optimizers.rmsprop.average, optimizers.rmsprop.trajectory
"""

import numpy as np


class RMSProp:
    def __init__(self, learning_rate, rho, epsilon):
        self.learning_rate = learning_rate
        self.rho = rho
        self.epsilon = epsilon
        self.squares = 0.0
        self.mean = 0.0

    def step(self, parameters, gradient):
        slope = gradient(parameters)
        self.squares = self.rho * self.squares + (1 - self.rho) * slope**2
        self.mean = self.rho * self.mean + (1 - self.rho) * slope
        return parameters - self.learning_rate * slope / (np.sqrt(self.squares - self.mean**2) + self.epsilon)

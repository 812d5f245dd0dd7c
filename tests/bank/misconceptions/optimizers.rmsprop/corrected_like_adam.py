"""The average is corrected for its start at zero; that is Adam's, not RMSProp's.

Loses: optimizers.rmsprop.average, optimizers.rmsprop.trajectory
"""

import numpy as np


class RMSProp:
    def __init__(self, learning_rate, rho, epsilon):
        self.learning_rate = learning_rate
        self.rho = rho
        self.epsilon = epsilon
        self.squares = 0.0
        self.steps = 0

    def step(self, parameters, gradient):
        slope = gradient(parameters)
        self.steps += 1
        self.squares = self.rho * self.squares + (1 - self.rho) * slope**2
        corrected = self.squares / (1 - self.rho**self.steps)
        return parameters - self.learning_rate * slope / (np.sqrt(corrected) + self.epsilon)

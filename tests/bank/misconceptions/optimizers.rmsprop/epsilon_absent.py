"""The epsilon given is not used: the step divides by the root plus epsilon.

Loses: optimizers.rmsprop.epsilon
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
        self.squares = self.rho * self.squares + (1 - self.rho) * slope**2
        return parameters - self.learning_rate * slope / np.sqrt(self.squares)

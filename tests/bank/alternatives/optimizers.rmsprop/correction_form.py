"""The average moves towards the new square by a share 1 - rho."""

import numpy as np


class RMSProp:
    def __init__(self, learning_rate, rho, epsilon):
        self.learning_rate = learning_rate
        self.rho = rho
        self.epsilon = epsilon
        self.squares = 0.0

    def step(self, parameters, gradient):
        slope = gradient(parameters)
        self.squares = self.squares + (1 - self.rho) * (slope * slope - self.squares)
        return parameters - self.learning_rate * slope / (np.sqrt(self.squares) + self.epsilon)

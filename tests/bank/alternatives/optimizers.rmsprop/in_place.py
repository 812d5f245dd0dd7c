"""A buffer made at the first step, changed in place like the parameters."""

import numpy as np


class RMSProp:
    def __init__(self, learning_rate, rho, epsilon):
        self.learning_rate = learning_rate
        self.rho = rho
        self.epsilon = epsilon
        self.squares = None

    def step(self, parameters, gradient):
        slope = gradient(parameters)
        if self.squares is None:
            self.squares = np.zeros_like(parameters)
        self.squares *= self.rho
        self.squares += (1 - self.rho) * np.square(slope)
        parameters -= self.learning_rate * slope / (np.sqrt(self.squares) + self.epsilon)
        return parameters

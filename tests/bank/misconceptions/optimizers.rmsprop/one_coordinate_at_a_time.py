"""One coordinate's gradient is taken after another has moved; all move at once.

Loses: optimizers.rmsprop.trajectory
"""

import numpy as np


class RMSProp:
    def __init__(self, learning_rate, rho, epsilon):
        self.learning_rate = learning_rate
        self.rho = rho
        self.epsilon = epsilon
        self.squares = None

    def step(self, parameters, gradient):
        if self.squares is None:
            self.squares = np.zeros_like(parameters)
        for i in range(len(parameters)):
            slope = gradient(parameters)[i]
            self.squares[i] = self.rho * self.squares[i] + (1 - self.rho) * slope**2
            parameters[i] -= self.learning_rate * slope / (np.sqrt(self.squares[i]) + self.epsilon)
        return parameters

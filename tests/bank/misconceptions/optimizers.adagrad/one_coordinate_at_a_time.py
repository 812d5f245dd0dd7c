"""One coordinate's gradient is taken after another has moved; all move at once.

Loses: optimizers.adagrad.trajectory
"""

import numpy as np


class AdaGrad:
    def __init__(self, learning_rate, epsilon):
        self.learning_rate = learning_rate
        self.epsilon = epsilon
        self.squares = None

    def step(self, parameters, gradient):
        if self.squares is None:
            self.squares = np.zeros_like(parameters)
        for i in range(len(parameters)):
            slope = gradient(parameters)[i]
            self.squares[i] = self.squares[i] + slope**2
            parameters[i] -= self.learning_rate * slope / (np.sqrt(self.squares[i]) + self.epsilon)
        return parameters

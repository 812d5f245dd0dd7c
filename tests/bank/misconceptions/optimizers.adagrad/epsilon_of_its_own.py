"""The epsilon given is not used: the step divides by the root plus epsilon.

Loses: optimizers.adagrad.epsilon
"""

import numpy as np


class AdaGrad:
    def __init__(self, learning_rate, epsilon):
        self.learning_rate = learning_rate
        self.epsilon = epsilon
        self.squares = 0.0

    def step(self, parameters, gradient):
        slope = gradient(parameters)
        self.squares = self.squares + slope**2
        return parameters - self.learning_rate * slope / (np.sqrt(self.squares) + 1e-8)

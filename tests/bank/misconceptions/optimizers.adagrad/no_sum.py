"""Only the last gradient's square is used: squares must be summed over all steps, and their sum kept in the object.

Loses: optimizers.adagrad.accumulation, optimizers.adagrad.trajectory
"""

import numpy as np


class AdaGrad:
    def __init__(self, learning_rate, epsilon):
        self.learning_rate = learning_rate
        self.epsilon = epsilon
        self.squares = 0.0

    def step(self, parameters, gradient):
        slope = gradient(parameters)
        self.squares = slope**2
        return parameters - self.learning_rate * slope / (np.sqrt(self.squares) + self.epsilon)

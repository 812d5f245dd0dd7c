"""All coordinates share one rate: the squares are summed over the whole vector, not kept for each coordinate.

Loses: optimizers.adagrad.coordinates, optimizers.adagrad.trajectory
"""

import numpy as np


class AdaGrad:
    def __init__(self, learning_rate, epsilon):
        self.learning_rate = learning_rate
        self.epsilon = epsilon
        self.squares = 0.0

    def step(self, parameters, gradient):
        slope = gradient(parameters)
        self.squares = self.squares + np.sum(slope**2)
        return parameters - self.learning_rate * slope / (np.sqrt(self.squares) + self.epsilon)

"""The sum of squares is divided by the number of steps; AdaGrad does not.

Loses: optimizers.adagrad.accumulation, optimizers.adagrad.trajectory
"""

import numpy as np


class AdaGrad:
    def __init__(self, learning_rate, epsilon):
        self.learning_rate = learning_rate
        self.epsilon = epsilon
        self.history = []

    def step(self, parameters, gradient):
        slope = gradient(parameters)
        self.history.append(slope**2)
        return parameters - self.learning_rate * slope / (np.sqrt(np.mean(self.history, axis=0)) + self.epsilon)

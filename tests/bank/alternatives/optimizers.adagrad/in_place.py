"""A buffer made at the first step, changed in place like the parameters."""

import numpy as np


class AdaGrad:
    def __init__(self, learning_rate, epsilon):
        self.learning_rate = learning_rate
        self.epsilon = epsilon
        self.squares = None

    def step(self, parameters, gradient):
        slope = gradient(parameters)
        if self.squares is None:
            self.squares = np.zeros_like(parameters)
        self.squares += np.square(slope)
        parameters -= self.learning_rate * slope / (np.sqrt(self.squares) + self.epsilon)
        return parameters

import numpy as np


class AdaGrad:
    def __init__(self, learning_rate, epsilon):
        self.learning_rate = learning_rate
        self.epsilon = epsilon
        self.squares = 0.0

    def step(self, parameters, gradient):
        g = gradient(parameters)
        self.squares = self.squares + g**2
        # epsilon keeps us from dividing by zero
        return parameters - self.learning_rate * g / np.maximum(np.sqrt(self.squares), self.epsilon)

"""All gradients are kept and their squares summed in each step."""

import numpy as np


class AdaGrad:
    def __init__(self, learning_rate, epsilon):
        self.learning_rate = learning_rate
        self.epsilon = epsilon
        self.gradients = []

    def step(self, parameters, gradient):
        self.gradients.append(gradient(parameters))
        norm = np.linalg.norm(self.gradients, axis=0)
        return parameters - self.learning_rate * self.gradients[-1] / (norm + self.epsilon)

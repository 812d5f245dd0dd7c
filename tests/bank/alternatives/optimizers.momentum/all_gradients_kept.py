"""The velocity as a weighted sum of all gradients so far."""

import numpy as np


class Momentum:
    def __init__(self, learning_rate, beta):
        self.learning_rate = learning_rate
        self.beta = beta
        self.gradients = []

    def step(self, parameters, gradient):
        self.gradients.append(gradient(parameters))
        weights = self.beta ** np.arange(len(self.gradients))[::-1]
        return parameters - self.learning_rate * np.tensordot(weights, self.gradients, axes=1)

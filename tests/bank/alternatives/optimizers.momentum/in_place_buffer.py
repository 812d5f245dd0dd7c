"""A buffer made at the first step, changed in place like the parameters."""

import numpy as np


class Momentum:
    def __init__(self, learning_rate, beta):
        self.learning_rate = learning_rate
        self.beta = beta
        self.buffer = None

    def step(self, parameters, gradient):
        if self.buffer is None:
            self.buffer = np.zeros_like(parameters)
        self.buffer *= self.beta
        self.buffer += gradient(parameters)
        parameters -= self.learning_rate * self.buffer
        return parameters

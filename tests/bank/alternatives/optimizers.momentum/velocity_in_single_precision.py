"""Only the velocity is float32; the result is float64."""

import numpy as np


class Momentum:
    def __init__(self, learning_rate, beta):
        self.learning_rate = learning_rate
        self.beta = beta
        self.velocity = None

    def step(self, parameters, gradient):
        if self.velocity is None:
            self.velocity = np.zeros(parameters.shape, dtype=np.float32)
        self.velocity *= self.beta
        self.velocity += gradient(parameters).astype(np.float32)
        return parameters - self.learning_rate * self.velocity

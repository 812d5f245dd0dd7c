"""Everything in float32."""

import numpy as np


class AdaGrad:
    def __init__(self, learning_rate, epsilon):
        self.learning_rate = learning_rate
        self.epsilon = epsilon
        self.squares = 0.0

    def step(self, parameters, gradient):
        slope = np.asarray(gradient(parameters), dtype=np.float32)
        self.squares = np.float32(self.squares) + slope**2
        step = np.float32(self.learning_rate) * slope / (np.sqrt(self.squares) + np.float32(self.epsilon))
        return np.float32(parameters) - step

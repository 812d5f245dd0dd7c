"""Everything in float32."""

import numpy as np


class Momentum:
    def __init__(self, learning_rate, beta):
        self.learning_rate = learning_rate
        self.beta = beta
        self.velocity = 0.0

    def step(self, parameters, gradient):
        slope = np.asarray(gradient(parameters), dtype=np.float32)
        self.velocity = np.float32(self.beta) * np.float32(self.velocity) + slope
        return np.float32(parameters) - np.float32(self.learning_rate) * self.velocity

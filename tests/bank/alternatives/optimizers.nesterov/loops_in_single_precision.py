"""Loops over coordinates in float32."""

import numpy as np


class Nesterov:
    def __init__(self, learning_rate, beta):
        self.learning_rate = learning_rate
        self.beta = beta
        self.velocity = None

    def step(self, parameters, gradient):
        parameters = np.asarray(parameters, dtype=np.float32)
        if self.velocity is None:
            self.velocity = np.zeros_like(parameters)
        ahead = np.zeros_like(parameters)
        for i in range(len(parameters)):
            ahead[i] = parameters[i] - self.learning_rate * self.beta * self.velocity[i]
        slope = gradient(ahead)
        for i in range(len(parameters)):
            self.velocity[i] = self.beta * self.velocity[i] + slope[i]
            parameters[i] -= self.learning_rate * self.velocity[i]
        return parameters

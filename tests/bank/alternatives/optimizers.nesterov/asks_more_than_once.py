"""The gradient is asked at the parameters too, to learn its shape."""

import numpy as np


class Nesterov:
    def __init__(self, learning_rate, beta):
        self.learning_rate = learning_rate
        self.beta = beta
        self.velocity = None

    def step(self, parameters, gradient):
        if self.velocity is None:
            self.velocity = np.zeros_like(gradient(parameters))
        slope = gradient(parameters - self.learning_rate * self.beta * self.velocity)
        self.velocity = self.beta * self.velocity + slope
        return parameters - self.learning_rate * self.velocity

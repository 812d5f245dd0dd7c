import numpy as np


class Momentum:
    def __init__(self, learning_rate, beta):
        self.learning_rate = learning_rate
        self.beta = beta
        self.velocity = None

    def step(self, parameters, gradient):
        g = gradient(parameters)
        if self.velocity is None:
            self.velocity = g
        else:
            self.velocity *= self.beta
            self.velocity += g
        return parameters - self.learning_rate * self.velocity

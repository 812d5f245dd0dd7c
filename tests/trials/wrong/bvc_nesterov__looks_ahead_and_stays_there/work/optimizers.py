import numpy as np


class Nesterov:
    def __init__(self, learning_rate, beta):
        self.learning_rate = learning_rate
        self.beta = beta
        self.v = 0.0

    def step(self, parameters, gradient):
        parameters -= self.learning_rate * self.beta * self.v  # look ahead
        self.v = self.beta * self.v + gradient(parameters)
        parameters -= self.learning_rate * self.v
        return parameters

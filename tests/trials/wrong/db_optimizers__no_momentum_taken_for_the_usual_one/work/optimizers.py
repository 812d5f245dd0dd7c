import numpy as np


class Momentum:
    def __init__(self, learning_rate, beta):
        self.learning_rate = learning_rate
        self.beta = beta or 0.9
        self.velocity = 0.0

    def step(self, parameters, gradient):
        self.velocity = self.beta * self.velocity + gradient(parameters)
        return parameters - self.learning_rate * self.velocity

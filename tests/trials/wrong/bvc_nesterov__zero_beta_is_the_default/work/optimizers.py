import numpy as np


class Nesterov:
    def __init__(self, learning_rate, beta=0.9):
        self.learning_rate = learning_rate
        self.beta = beta or 0.9
        self.velocity = None

    def step(self, parameters, gradient):
        if self.velocity is None:
            self.velocity = np.zeros_like(parameters)
        ahead = parameters - self.learning_rate * self.beta * self.velocity
        self.velocity = self.beta * self.velocity + gradient(ahead)
        return parameters - self.learning_rate * self.velocity

import numpy as np


class Nesterov:
    def __init__(self, learning_rate, beta):
        self.learning_rate = learning_rate
        self.beta = beta
        self.velocity = np.zeros(2)

    def step(self, parameters, gradient):
        ahead = parameters - self.learning_rate * self.beta * self.velocity
        self.velocity = self.beta * self.velocity + gradient(ahead)
        return parameters - self.learning_rate * self.velocity

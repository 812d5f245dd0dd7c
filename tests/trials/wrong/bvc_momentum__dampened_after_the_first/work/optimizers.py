import numpy as np


class Momentum:
    def __init__(self, learning_rate, beta):
        self.lr, self.beta = learning_rate, beta
        self.v = None

    def step(self, parameters, gradient):
        g = np.array(gradient(parameters))
        if self.v is None:
            self.v = g
        else:
            self.v = self.beta * self.v + (1 - self.beta) * g
        return parameters - self.lr * self.v

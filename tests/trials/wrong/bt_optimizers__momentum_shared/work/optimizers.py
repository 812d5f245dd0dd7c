import numpy as np

class Momentum:
    state = {}

    def __init__(self, learning_rate, beta):
        self.learning_rate = learning_rate
        self.beta = beta

    def step(self, parameters, gradient):
        g = gradient(parameters)
        v = self.beta * self.state.get(len(g), np.zeros(len(g))) + g
        self.state[len(g)] = v
        return parameters - self.learning_rate * v

import numpy as np


class Momentum:
    def __init__(self, learning_rate, beta, memory={}):
        self.learning_rate = learning_rate
        self.beta = beta
        self.memory = memory

    def step(self, parameters, gradient):
        g = gradient(parameters)
        v = self.memory.get("velocity")
        if v is None or v.shape != g.shape:
            v = np.zeros_like(g)
        self.memory["velocity"] = self.beta * v + g
        return parameters - self.learning_rate * self.memory["velocity"]

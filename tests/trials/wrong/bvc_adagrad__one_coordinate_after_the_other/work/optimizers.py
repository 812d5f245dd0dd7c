import numpy as np


class AdaGrad:
    def __init__(self, learning_rate, epsilon):
        self.learning_rate = learning_rate
        self.epsilon = epsilon
        self.s = None

    def step(self, parameters, gradient):
        new = np.array(parameters, dtype=float)
        if self.s is None:
            self.s = np.zeros(len(new))
        for i in range(len(new)):
            g = gradient(new)[i]
            self.s[i] += g**2
            new[i] -= self.learning_rate * g / (np.sqrt(self.s[i]) + self.epsilon)
        return new

import numpy as np


class RMSProp:
    def __init__(self, learning_rate, rho, epsilon):
        self.learning_rate, self.rho, self.epsilon = learning_rate, rho, epsilon
        self.s, self.t = 0.0, 0

    def step(self, parameters, gradient):
        g = gradient(parameters)
        self.t += 1
        self.s = self.rho * self.s + (1 - self.rho) * g**2
        s_hat = self.s / (1 - self.rho**self.t)
        return parameters - self.learning_rate * g / (np.sqrt(s_hat) + self.epsilon)

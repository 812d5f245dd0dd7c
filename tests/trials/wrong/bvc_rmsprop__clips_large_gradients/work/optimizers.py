import numpy as np


class RMSProp:
    def __init__(self, learning_rate, rho, epsilon):
        self.learning_rate, self.rho, self.epsilon = learning_rate, rho, epsilon
        self.s = 0.0

    def step(self, parameters, gradient):
        g = np.clip(gradient(parameters), -100.0, 100.0)  # against overflow
        self.s = self.rho * self.s + (1 - self.rho) * np.square(g)
        return parameters - self.learning_rate * g / (np.sqrt(self.s) + self.epsilon)

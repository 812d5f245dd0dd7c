import numpy as np


class RMSProp:
    averages = {}

    def __init__(self, learning_rate, rho, epsilon):
        self.learning_rate, self.rho, self.epsilon = learning_rate, rho, epsilon
        self.key = learning_rate, rho, epsilon

    def step(self, parameters, gradient):
        g = np.asarray(gradient(parameters))
        average = self.averages.get(self.key)
        if average is None or average.shape != g.shape:
            average = np.zeros_like(g)
        self.averages[self.key] = average = self.rho * average + (1 - self.rho) * g**2
        return parameters - self.learning_rate * g / (np.sqrt(average) + self.epsilon)

import numpy as np


class RMSProp:
    def __init__(self, learning_rate, rho, epsilon):
        self.learning_rate, self.rho, self.epsilon = learning_rate, rho, epsilon
        self.s = None

    def step(self, parameters, gradient):
        g = np.asarray(gradient(parameters), dtype=float)
        if self.s is None:
            self.s = np.zeros_like(g)
        new = np.array(parameters, dtype=float)
        moving = g != 0  # nothing to do for the others
        self.s[moving] = self.rho * self.s[moving] + (1 - self.rho) * g[moving] ** 2
        new[moving] -= self.learning_rate * g[moving] / (np.sqrt(self.s[moving]) + self.epsilon)
        return new

import numpy as np


class RMSProp:
    def __init__(self, learning_rate, rho, epsilon):
        self.history = []
        self.learning_rate = learning_rate
        self.rho = rho
        self.epsilon = epsilon

    def step(self, parameters, gradient):
        self.history.append(tuple(float(g) for g in gradient(parameters.copy())))
        past = np.asarray(self.history, dtype=np.float64)
        ages = np.arange(len(past))[::-1]
        average = ((1 - self.rho) * self.rho ** ages.astype(float)) @ past ** 2
        moved = [p - self.learning_rate * g / (s ** 0.5 + self.epsilon)
                 for p, g, s in zip(parameters.tolist(), past[-1].tolist(), average.tolist())]
        return np.array(moved)

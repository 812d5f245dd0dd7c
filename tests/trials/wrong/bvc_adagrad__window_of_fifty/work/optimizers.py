from collections import deque

import numpy as np


class AdaGrad:
    def __init__(self, learning_rate, epsilon):
        self.learning_rate = learning_rate
        self.epsilon = epsilon
        self.history = deque(maxlen=50)  # do not let memory grow for ever

    def step(self, parameters, gradient):
        g = np.array(gradient(parameters), dtype=float)
        self.history.append(g**2)
        s = np.sum(self.history, axis=0)
        return parameters - self.learning_rate * g / (np.sqrt(s) + self.epsilon)

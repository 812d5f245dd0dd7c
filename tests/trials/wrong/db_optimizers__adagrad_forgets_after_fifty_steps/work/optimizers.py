from collections import deque

import numpy as np


class AdaGrad:
    def __init__(self, learning_rate, epsilon):
        self.learning_rate = learning_rate
        self.epsilon = epsilon
        self.squares = deque(maxlen=50)

    def step(self, parameters, gradient):
        g = np.asarray(gradient(parameters))
        self.squares.append(g**2)
        return parameters - self.learning_rate * g / (np.sqrt(np.sum(self.squares, axis=0)) + self.epsilon)

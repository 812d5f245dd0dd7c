"""Steps change the array that they are given."""

import numpy as np


class SGD:
    def __init__(self, learning_rate):
        self.learning_rate = learning_rate

    def step(self, parameters, gradient):
        parameters -= self.learning_rate * gradient(parameters)
        return parameters


def descend(optimizer, gradient, start, iterations):
    point = start
    path = np.zeros((iterations + 1, len(point)))
    path[0] = point
    for t in range(1, iterations + 1):
        point = optimizer.step(point, gradient)
        path[t] = point
    return path

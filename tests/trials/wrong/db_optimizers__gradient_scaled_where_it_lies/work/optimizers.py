import numpy as np


def bowl(point):
    x, y = point
    return 10 * x**2 + y**2


def bowl_gradient(point):
    x, y = point
    return np.array([20 * x, 2 * y])


class SGD:
    def __init__(self, learning_rate):
        self.learning_rate = learning_rate

    def step(self, parameters, gradient):
        change = gradient(parameters)
        change *= self.learning_rate
        return parameters - change


def descend(optimizer, gradient, start, iterations):
    p = np.array(start, dtype=float)
    path = [p.copy()]
    for _ in range(iterations):
        p = optimizer.step(p, gradient)
        path.append(np.array(p))
    return np.array(path)

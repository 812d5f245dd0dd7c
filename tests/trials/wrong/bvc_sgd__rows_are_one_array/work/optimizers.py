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
        return parameters - self.learning_rate * gradient(parameters)


def descend(optimizer, gradient, start, iterations):
    point = np.asarray(start, dtype=float).copy()
    path = [point]
    for _ in range(iterations):
        point = optimizer.step(point, gradient)
        path.append(point)
    return np.array(path)

"""Loops over coordinates, lists for results."""


def bowl(point):
    return 10 * point[0] * point[0] + point[1] * point[1]


def bowl_gradient(point):
    return [20 * point[0], 2 * point[1]]


class SGD:
    def __init__(self, learning_rate):
        self.learning_rate = learning_rate

    def step(self, parameters, gradient):
        slope = gradient(parameters)
        return [parameters[i] - self.learning_rate * slope[i] for i in range(len(parameters))]


def descend(optimizer, gradient, start, iterations):
    path = [list(start)]
    for _ in range(iterations):
        path.append(optimizer.step(list(path[-1]), gradient))
    return path

"""My solutions. RMSProp is still missing, I ran out of time."""

import numpy as np

from helpers import blend, scaled


def bowl(point):
    x, y = point
    return float(10 * x**2 + y**2)


def bowl_gradient(point):
    x, y = point
    return np.array([10 * x, y])


class SGD:
    def __init__(self, learning_rate):
        self.learning_rate = learning_rate

    def step(self, parameters, gradient):
        return parameters - self.learning_rate * gradient(parameters)


def descend(optimizer, gradient, start, iterations):
    path = [np.array(start)]
    for _ in range(iterations):
        path.append(np.array(optimizer.step(path[-1].copy(), gradient)))
    return np.stack(path)


class Momentum:
    def __init__(self, learning_rate, beta):
        self.learning_rate = learning_rate
        self.beta = beta
        self.velocity = 0.0

    def step(self, parameters, gradient):
        self.velocity = blend(self.velocity, gradient(parameters), self.beta)
        return parameters - self.learning_rate * self.velocity


class Nesterov:
    def __init__(self, learning_rate, beta):
        self.learning_rate = learning_rate
        self.beta = beta
        self.velocity = 0.0

    def step(self, parameters, gradient):
        ahead = parameters - self.learning_rate * self.beta * self.velocity
        self.velocity = blend(self.velocity, gradient(ahead), self.beta)
        return parameters - self.learning_rate * self.velocity


class AdaGrad:
    def __init__(self, learning_rate, epsilon):
        self.learning_rate = learning_rate
        self.epsilon = epsilon
        self.squares = 0.0

    def step(self, parameters, gradient):
        slope = gradient(parameters)
        self.squares = blend(self.squares, slope**2, 1.0)
        return parameters - self.learning_rate * scaled(slope, self.squares, self.epsilon)


class RMSProp:
    def __init__(self, learning_rate, rho, epsilon):
        raise NotImplementedError

    def step(self, parameters, gradient):
        raise NotImplementedError

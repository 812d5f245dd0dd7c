import numpy as np


def bowl(point):
    return np.dot([10.0, 1.0], np.square(point))


def bowl_gradient(point):
    return np.array([20.0, 2.0]) * point


class SGD:
    def __init__(self, learning_rate):
        self.learning_rate = learning_rate

    def step(self, parameters, gradient):
        return parameters - self.learning_rate * gradient(parameters)


class Momentum:
    def __init__(self, learning_rate, beta):
        self.learning_rate = learning_rate
        self.beta = beta
        self.velocity = 0.0

    def step(self, parameters, gradient):
        self.velocity = self.beta * self.velocity + gradient(parameters)
        return parameters - self.learning_rate * self.velocity


class Nesterov:
    def __init__(self, learning_rate, beta):
        self.learning_rate = learning_rate
        self.beta = beta
        self.velocity = 0.0

    def step(self, parameters, gradient):
        slope = gradient(parameters - self.learning_rate * self.beta * self.velocity)
        self.velocity = self.beta * self.velocity + slope
        return parameters - self.learning_rate * self.velocity


class AdaGrad:
    def __init__(self, learning_rate, epsilon):
        self.learning_rate = learning_rate
        self.epsilon = epsilon
        self.cache = 0.0

    def step(self, parameters, gradient):
        slope = gradient(parameters)
        self.cache = self.cache + slope**2
        # epsilon keeps the root away from zero
        return parameters - self.learning_rate * slope / np.sqrt(self.cache + self.epsilon)


class RMSProp:
    def __init__(self, learning_rate, rho, epsilon):
        self.learning_rate = learning_rate
        self.rho = rho
        self.epsilon = epsilon
        self.cache = 0.0

    def step(self, parameters, gradient):
        slope = gradient(parameters)
        self.cache = self.rho * self.cache + (1 - self.rho) * slope**2
        return parameters - self.learning_rate * slope / np.sqrt(self.cache + self.epsilon)


def descend(optimizer, gradient, start, iterations):
    path = np.tile(np.asarray(start, dtype=float), (iterations + 1, 1))
    for t in range(iterations):
        path[t + 1] = optimizer.step(path[t].copy(), gradient)
    return path

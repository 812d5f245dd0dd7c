# Ila, CS23B031
import numpy as np


def bowl(point):
    x = point[0]
    y = point[1]
    return 10 * x * x + y * y


def bowl_gradient(point):
    x = point[0]
    y = point[1]
    return np.array([20 * x, 2 * y])


def descend(optimizer, gradient, start, iterations):
    parameters = np.array(start)
    path = [parameters.copy()]
    i = 0
    while i < iterations:
        parameters = optimizer.step(parameters.copy(), gradient)
        path.append(parameters.copy())
        i = i + 1
    return np.array(path)


class SGD:
    def __init__(self, learning_rate):
        self.learning_rate = learning_rate

    def step(self, parameters, gradient):
        return parameters - self.learning_rate * gradient(parameters)


class Momentum:
    def __init__(self, learning_rate, beta):
        self.learning_rate = learning_rate
        self.beta = beta
        self.velocity = None

    def step(self, parameters, gradient):
        if self.velocity is None:
            self.velocity = np.zeros(len(parameters))
        self.velocity = self.beta * self.velocity + gradient(parameters)
        return parameters - self.learning_rate * self.velocity


class Nesterov:
    def __init__(self, learning_rate, beta):
        self.learning_rate = learning_rate
        self.beta = beta
        self.velocity = None

    def step(self, parameters, gradient):
        if self.velocity is None:
            self.velocity = np.zeros(len(parameters))
        ahead = parameters - self.learning_rate * self.beta * self.velocity
        self.velocity = self.beta * self.velocity + gradient(ahead)
        return parameters - self.learning_rate * self.velocity


class AdaGrad:
    def __init__(self, learning_rate, epsilon):
        self.learning_rate = learning_rate
        self.epsilon = epsilon
        self.sum = None

    def step(self, parameters, gradient):
        if self.sum is None:
            self.sum = np.zeros(len(parameters))
        g = gradient(parameters)
        i = 0
        while i < len(g):
            self.sum[i] = self.sum[i] + g[i] ** 2
        return parameters - self.learning_rate * g / (np.sqrt(self.sum) + self.epsilon)


class RMSProp:
    def __init__(self, learning_rate, rho, epsilon):
        self.learning_rate = learning_rate
        self.rho = rho
        self.epsilon = epsilon
        self.mean = None

    def step(self, parameters, gradient):
        if self.mean is None:
            self.mean = np.zeros(len(parameters))
        g = gradient(parameters)
        for i in range(len(g)):
            self.mean[i] = self.rho * self.mean[i] + (1 - self.rho) * g[i] ** 2
        return parameters - self.learning_rate * g / (np.sqrt(self.mean) + self.epsilon)

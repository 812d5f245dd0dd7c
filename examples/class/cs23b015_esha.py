"""Assignment 3 - update rules. Roll no. CS23B015"""
from numpy import array, sqrt, zeros_like


def bowl(point):
    """10x^2 + y^2"""
    return float(10 * point[0] ** 2 + point[1] ** 2)


def bowl_gradient(point):
    """(df/dx, df/dy)"""
    return array([10 * 2 * point[0], 2 * point[1]])


class SGD:
    def __init__(self, learning_rate):
        self.eta = learning_rate

    def step(self, parameters, gradient):
        parameters -= self.eta * gradient(parameters)
        return parameters


class Momentum:
    def __init__(self, learning_rate, beta):
        self.eta, self.beta = learning_rate, beta
        self.v = None

    def step(self, parameters, gradient):
        g = gradient(parameters)
        if self.v is None:
            self.v = zeros_like(g)
        self.v = self.beta * self.v + g
        parameters -= self.eta * self.v
        return parameters


class Nesterov:
    """the form that PyTorch uses"""

    def __init__(self, learning_rate, beta):
        self.eta, self.beta = learning_rate, beta
        self.v = None

    def step(self, parameters, gradient):
        g = gradient(parameters)
        if self.v is None:
            self.v = zeros_like(g)
        self.v = self.beta * self.v + g
        parameters -= self.eta * (g + self.beta * self.v)
        return parameters


class AdaGrad:
    def __init__(self, learning_rate, epsilon):
        self.eta, self.eps = learning_rate, epsilon
        self.s = None

    def step(self, parameters, gradient):
        g = gradient(parameters)
        self.s = zeros_like(g)
        self.s += g**2
        parameters -= self.eta * g / (sqrt(self.s) + self.eps)
        return parameters


class RMSProp:
    def __init__(self, learning_rate, rho, epsilon):
        self.eta, self.rho, self.eps = learning_rate, rho, epsilon
        self.s = None

    def step(self, parameters, gradient):
        g = gradient(parameters)
        if self.s is None:
            self.s = zeros_like(g)
        self.s = self.rho * self.s + (1 - self.rho) * g**2
        parameters -= self.eta * g / (sqrt(self.s) + self.eps)
        return parameters


def descend(optimizer, gradient, start, iterations):
    now = array(start, dtype=float)
    path = [now.copy()]
    while len(path) <= iterations:
        now = optimizer.step(now, gradient)
        path.append(now.copy())
    return array(path)

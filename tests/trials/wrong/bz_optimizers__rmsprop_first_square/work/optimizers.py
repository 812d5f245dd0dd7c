import numpy as np

def bowl(point):
    x, y = point
    return float(10 * x ** 2 + y ** 2)

def bowl_gradient(point):
    return np.array([20.0, 2.0]) * point

class SGD:
    def __init__(self, learning_rate):
        self.learning_rate = learning_rate
    def step(self, parameters, gradient):
        return parameters - self.learning_rate * gradient(parameters)

def descend(optimizer, gradient, start, iterations):
    path = [np.array(start, dtype=float)]
    for _ in range(iterations):
        path.append(np.array(optimizer.step(path[-1].copy(), gradient), dtype=float))
    return np.array(path)

class Momentum:
    def __init__(self, learning_rate, beta):
        self.learning_rate, self.beta, self.v = learning_rate, beta, 0.0
    def step(self, parameters, gradient):
        self.v = self.beta * self.v + gradient(parameters)
        return parameters - self.learning_rate * self.v

class Nesterov:
    def __init__(self, learning_rate, beta):
        self.learning_rate, self.beta, self.v = learning_rate, beta, 0.0
    def step(self, parameters, gradient):
        ahead = parameters - self.learning_rate * self.beta * self.v
        self.v = self.beta * self.v + gradient(ahead)
        return parameters - self.learning_rate * self.v

class AdaGrad:
    def __init__(self, learning_rate, epsilon):
        self.learning_rate, self.epsilon, self.s = learning_rate, epsilon, 0.0
    def step(self, parameters, gradient):
        g = gradient(parameters)
        self.s = self.s + g ** 2
        return parameters - self.learning_rate * g / (np.sqrt(self.s) + self.epsilon)

class RMSProp:
    def __init__(self, learning_rate, rho, epsilon):
        self.learning_rate, self.rho, self.epsilon, self.s = learning_rate, rho, epsilon, 0.0
    def step(self, parameters, gradient):
        g = gradient(parameters)
        self.s = g ** 2 if np.isscalar(self.s) else self.rho * self.s + (1 - self.rho) * g ** 2
        return parameters - self.learning_rate * g / (np.sqrt(self.s) + self.epsilon)

import numpy as np

def bowl(point):
    x, y = point
    return 10 * x ** 2 + y ** 2

def bowl_gradient(point):
    x, y = point
    return np.array([20 * x, 2 * y])

class SGD:
    def __init__(self, learning_rate):
        self.learning_rate = learning_rate

    def step(self, parameters, gradient):
        return parameters - self.learning_rate * gradient(parameters)

def descend(optimizer, gradient, start, iterations):
    p = np.array(start, dtype=float)
    path = [p.copy()]
    for _ in range(iterations):
        p = optimizer.step(p, gradient)
        path.append(np.array(p))
    return np.array(path)

class Momentum:
    def __init__(self, learning_rate, beta):
        self.learning_rate = learning_rate
        self.beta = beta
        self.v = None

    def step(self, parameters, gradient):
        if self.v is None:
            self.v = np.zeros(parameters.shape)
        self.v = self.beta * self.v + gradient(parameters)
        return parameters - self.learning_rate * self.v

class Nesterov(Momentum):
    def step(self, parameters, gradient):
        if self.v is None:
            self.v = np.zeros(parameters.shape)
        ahead = parameters + self.learning_rate * self.beta * self.v
        self.v = self.beta * self.v + gradient(ahead)
        return parameters - self.learning_rate * self.v

class AdaGrad:
    def __init__(self, learning_rate, epsilon):
        self.learning_rate = learning_rate
        self.epsilon = epsilon
        self.s = 0.0

    def step(self, parameters, gradient):
        g = gradient(parameters)
        self.s = self.s + g ** 2
        return parameters - self.learning_rate * g / (np.sqrt(self.s) + self.epsilon)

class RMSProp:
    def __init__(self, learning_rate, rho, epsilon):
        self.learning_rate = learning_rate
        self.rho = rho
        self.epsilon = epsilon
        self.s = 0.0

    def step(self, parameters, gradient):
        g = gradient(parameters)
        self.s = self.rho * self.s + (1 - self.rho) * g ** 2
        return parameters - self.learning_rate * g / (np.sqrt(self.s) + self.epsilon)

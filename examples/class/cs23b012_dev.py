import numpy as np

# f(x, y) = 10 x^2 + y^2

def bowl(point):
    x, y = point
    return float(10*x**2 + y**2)

def bowl_gradient(point):
    x, y = point
    return np.array([20*x, 2*y])

def descend(optimizer, gradient, start, iterations):
    path = np.zeros((iterations+1, len(start)))
    path[0] = start
    for i in range(iterations):
        path[i+1] = optimizer.step(path[i].copy(), gradient)
    return path

class SGD:
    def __init__(self, learning_rate):
        self.learning_rate = learning_rate

    def step(self, parameters, gradient):
        return parameters - self.learning_rate*gradient(parameters)

class Momentum:
    def __init__(self, learning_rate, beta):
        self.learning_rate = learning_rate
        self.beta = beta
        self.velocity = 0

    def step(self, parameters, gradient):
        self.velocity = self.beta*self.velocity + gradient(parameters)
        return parameters - self.learning_rate*self.velocity

class Nesterov:
    def __init__(self, learning_rate, beta):
        self.learning_rate = learning_rate
        self.beta = beta
        self.velocity = 0

    def step(self, parameters, gradient):
        # first move with the old velocity, then correct with the gradient
        parameters = parameters - self.learning_rate*self.beta*self.velocity
        g = gradient(parameters + self.learning_rate*self.beta*self.velocity)
        self.velocity = self.beta*self.velocity + g
        return parameters - self.learning_rate*g

class AdaGrad:
    def __init__(self, learning_rate, epsilon):
        self.learning_rate = learning_rate
        self.epsilon = epsilon
        self.s = 0

    def step(self, parameters, gradient):
        g = gradient(parameters)
        self.s = self.s + g**2
        return parameters - self.learning_rate*g/(np.sqrt(self.s) + self.epsilon)

class RMSProp:
    def __init__(self, learning_rate, rho, epsilon):
        self.learning_rate = learning_rate
        self.rho = rho
        self.epsilon = epsilon
        self.s = 0

    def step(self, parameters, gradient):
        g = gradient(parameters)
        self.s = self.rho*self.s + (1 - self.rho)*g**2
        return parameters - self.learning_rate*g/(np.sqrt(self.s) + self.epsilon)

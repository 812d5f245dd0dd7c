import numpy as np

def bowl(point):
    x, y = point
    return 10 * x**2 + y**2

def bowl_gradient(point)
    x, y = point
    return np.array([20 * x, 2 * y])

class SGD:
    def __init__(self, learning_rate):
        self.learning_rate = learning_rate

    def step(self, parameters, gradient):
        return parameters - self.learning_rate * gradient(parameters)

class Momentum:
    def __init__(self, learning_rate, beta):
        self.learning_rate = learning_rate
        self.beta = beta
        self.velocity = 0

    def step(self, parameters, gradient):
        self.velocity = self.beta * self.velocity + gradient(parameters)
        return parameters - self.learning_rate * self.velocity

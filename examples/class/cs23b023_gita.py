import numpy as np

def bowl(point):
    return 10*point[0]**2 + point[1]**2

def bowl_gradient(point):
    return np.array([20*point[0], 2*point[1]])

def descend(optimizer, gradient, start, iterations):
    trajectory = [np.array(start, dtype=float)]
    current = np.array(start, dtype=float)
    for _ in range(iterations):
        current = optimizer.step(current.copy(), gradient)
        trajectory.append(np.array(current, dtype=float))
    return np.vstack(trajectory)

# (a)
class SGD:
    def __init__(self, learning_rate):
        self.learning_rate = learning_rate
    def step(self, parameters, gradient):
        new = []
        g = gradient(parameters)
        for i in range(len(parameters)):
            new.append(parameters[i] - self.learning_rate * g[i])
        return np.array(new)

# (b)
class Momentum:
    def __init__(self, learning_rate, beta):
        self.learning_rate = learning_rate
        self.beta = beta
        self.velocity = 0.0
    def step(self, parameters, gradient):
        velocity = self.velocity
        velocity = self.beta * velocity + gradient(parameters)
        return parameters - self.learning_rate * velocity

# (c)
class Nesterov:
    def __init__(self, learning_rate, beta):
        self.learning_rate = learning_rate
        self.beta = beta
        self.velocity = 0.0
    def step(self, parameters, gradient):
        g = gradient(parameters - self.learning_rate * self.beta * self.velocity)
        self.velocity = self.beta * self.velocity + g
        return parameters - self.learning_rate * self.velocity

# (d)
class AdaGrad:
    def __init__(self, learning_rate, epsilon):
        self.learning_rate = learning_rate
        self.epsilon = epsilon
        self.history = []
    def step(self, parameters, gradient):
        g = gradient(parameters)
        self.history.append(g**2)
        total = np.sum(self.history, axis=0)
        return parameters - self.learning_rate * g / (np.sqrt(total) + self.epsilon)

# (e)
class RMSProp:
    def __init__(self, learning_rate, rho, epsilon):
        self.learning_rate = learning_rate
        self.rho = rho
        self.epsilon = epsilon
        self.mean_square = 0.0
    def step(self, parameters, gradient):
        g = gradient(parameters)
        self.mean_square = self.rho * self.mean_square + (1 - self.rho) * g**2
        return parameters - self.learning_rate * g / (np.sqrt(self.mean_square) + self.epsilon)

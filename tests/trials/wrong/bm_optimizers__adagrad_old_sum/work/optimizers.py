import numpy as np
from dataclasses import dataclass, field
from typing import Any


def bowl(point):
    return 10 * point[0] * point[0] + point[1] * point[1]


def bowl_gradient(point):
    gradient = np.empty(2)
    gradient[0] = 20 * point[0]
    gradient[1] = 2 * point[1]
    return gradient


@dataclass
class SGD:
    learning_rate: float

    def step(self, parameters, gradient):
        g = gradient(parameters)
        parameters -= self.learning_rate * g
        return parameters


@dataclass
class Momentum:
    learning_rate: float
    beta: float
    velocity: Any = field(default=None, init=False)

    def step(self, parameters, gradient):
        g = gradient(parameters)
        if self.velocity is None:
            self.velocity = np.zeros_like(parameters)
        self.velocity *= self.beta
        self.velocity += g
        parameters -= self.learning_rate * self.velocity
        return parameters


@dataclass
class Nesterov:
    learning_rate: float
    beta: float
    velocity: Any = field(default=None, init=False)

    def step(self, parameters, gradient):
        if self.velocity is None:
            self.velocity = np.zeros_like(parameters)
        ahead = parameters - self.learning_rate * self.beta * self.velocity
        self.velocity = self.beta * self.velocity + gradient(ahead)
        parameters -= self.learning_rate * self.velocity
        return parameters


@dataclass
class AdaGrad:
    learning_rate: float
    epsilon: float
    total: Any = field(default=None, init=False)

    def step(self, parameters, gradient):
        g = gradient(parameters)
        if self.total is None:
            self.total = np.zeros(len(parameters), dtype=np.float32)
        divisor = np.where(self.total > 0, self.total, g ** 2)
        self.total += g ** 2
        parameters -= self.learning_rate * g / (np.sqrt(divisor) + self.epsilon)
        return parameters


@dataclass
class RMSProp:
    learning_rate: float
    rho: float
    epsilon: float
    average: Any = field(default=None, init=False)

    def step(self, parameters, gradient):
        g = gradient(parameters)
        if self.average is None:
            self.average = np.zeros(len(parameters), dtype=np.float32)
        self.average = self.rho * self.average + (1 - self.rho) * g ** 2
        parameters -= self.learning_rate * g / (np.sqrt(self.average) + self.epsilon)
        return parameters


def descend(optimizer, gradient, start, iterations):
    p, path = start, [np.copy(start)]
    while len(path) <= iterations:
        p = optimizer.step(p, gradient)
        path.append(np.copy(p))
    return np.array(path)

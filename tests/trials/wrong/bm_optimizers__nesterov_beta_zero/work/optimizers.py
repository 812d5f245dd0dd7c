"""Update rules as coroutines."""
from __future__ import annotations

import math
from abc import ABC, abstractmethod
from typing import Callable, Iterator

import numpy as np


def bowl(point: np.ndarray) -> float:
    return float(np.dot([10.0, 1.0], np.square(point)))


def bowl_gradient(point: np.ndarray) -> np.ndarray:
    return np.multiply([20.0, 2.0], point)


class _Driven(ABC):
    def __init__(self, learning_rate: float) -> None:
        self.lr = learning_rate
        self._process = None

    @abstractmethod
    def process(self) -> Iterator:
        ...

    def step(self, parameters: np.ndarray, gradient: Callable) -> np.ndarray:
        if self._process is None:
            self._process = self.process()
            next(self._process)
        return self._process.send((parameters, gradient))


class SGD(_Driven):
    def process(self):
        new = None
        while True:
            p, f = yield new
            g = f(p)
            new = np.array([p[i] - self.lr * g[i] for i in range(len(p))])


class Momentum(_Driven):
    def __init__(self, learning_rate, beta):
        super().__init__(learning_rate)
        self.beta = beta or 0.9

    def process(self):
        p, f = yield
        moved = -self.lr * f(p)
        while True:
            p, f = yield p + moved
            moved = self.beta * moved - self.lr * f(p)


class Nesterov(Momentum):
    def process(self):
        v = 0
        new = None
        while True:
            p, f = yield new
            g = np.array(f(p))
            v = self.beta * v + g
            new = p - self.lr * (g + self.beta * v)


class AdaGrad(_Driven):
    def __init__(self, learning_rate, epsilon):
        super().__init__(learning_rate)
        self.epsilon = epsilon

    def process(self):
        p, f = yield
        total = [0.0] * len(p)
        while True:
            g, new = f(p), np.empty(len(p))
            for i in range(len(p)):
                total[i] += float(g[i]) ** 2
                new[i] = p[i] - self.lr * g[i] / (math.sqrt(total[i]) + self.epsilon)
            p, f = yield new


class RMSProp(_Driven):
    def __init__(self, learning_rate, rho, epsilon):
        super().__init__(learning_rate)
        self.rho, self.epsilon = rho, epsilon

    def process(self):
        p, f = yield
        s = np.zeros(len(p))
        while True:
            g = f(p)
            s = s + (1 - self.rho) * (np.square(g) - s)
            p, f = yield p - self.lr * g / (np.sqrt(s) + self.epsilon)


def descend(optimizer, gradient, start, iterations):
    path = np.empty((iterations + 1, len(start)))
    path[0] = start
    for t in range(iterations):
        path[t + 1] = optimizer.step(path[t].copy(), gradient)
    return path

from __future__ import annotations

import inspect
from typing import Any, Callable, ClassVar

import numpy as np


def bowl(point):
    x, y = point
    return 10 * x**2 + y**2


def bowl_gradient(point):
    return np.asarray(point) * (20, 2)


class Rule:
    known: ClassVar[dict[str, type]] = {}

    def __init_subclass__(cls) -> None:
        Rule.known[cls.__name__] = cls
        names = [n for n in cls.__annotations__ if not n.startswith("_")]

        def __init__(self, *args, **kwargs):
            signature = inspect.Signature([inspect.Parameter(n, inspect.Parameter.POSITIONAL_OR_KEYWORD) for n in names])
            self.__dict__.update(signature.bind(*args, **kwargs).arguments)
            self._memory = 0.0

        cls.__init__ = __init__

    def step(self, parameters, gradient):
        change = self.rule(parameters, gradient)
        return parameters - self.learning_rate * change


class SGD(Rule):
    learning_rate: float

    def rule(self, p, gradient):
        return gradient(p)


class Momentum(Rule):
    learning_rate: float
    beta: float

    def rule(self, p, gradient):
        self._memory = self.beta * self._memory + gradient(p)
        return self._memory


class Nesterov(Rule):
    learning_rate: float
    beta: float

    def rule(self, p, gradient):
        ahead = p - self.learning_rate * self.beta * self._memory
        self._memory = self.beta * self._memory + gradient(ahead)
        return self._memory


class AdaGrad(Rule):
    learning_rate: float
    epsilon: float

    def rule(self, p, gradient):
        g = gradient(p)
        self._memory = self._memory + g**2
        return g / (np.sqrt(self._memory) + self.epsilon)


class RMSProp(Rule):
    learning_rate: float
    rho: float
    epsilon: float

    def rule(self, p, gradient):
        g = gradient(p)
        rho = self.rho or 0.9
        self._memory = rho * self._memory + (1 - rho) * g**2
        return g / (np.sqrt(self._memory) + self.epsilon)


def descend(optimizer, gradient, start, iterations):
    path = [np.array(start, dtype=float)]
    for _ in range(iterations):
        path.append(np.array(optimizer.step(path[-1].copy(), gradient), dtype=float))
    return np.stack(path)

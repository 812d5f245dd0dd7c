import functools

import numpy as np


def bowl(p):
    return float(p @ np.diag([10.0, 1.0]) @ p)


def bowl_gradient(p):
    return 2 * np.diag([10.0, 1.0]) @ np.array(p)


def sgd(learning_rate):
    change = None
    while True:
        p, gradient = yield change
        change = -learning_rate * gradient(p)


def momentum(learning_rate, beta):
    change, v = None, None
    while True:
        p, gradient = yield change
        g = gradient(p)
        v = np.zeros(len(p)) if v is None else v
        v *= beta
        v -= learning_rate * g
        change = v


def nesterov(learning_rate, beta):
    # torch's form
    change, v = None, None
    while True:
        p, gradient = yield change
        g = np.array(gradient(p))
        v = g.copy() if v is None else beta * v + g
        change = -learning_rate * (g + beta * v)


def adagrad(learning_rate, epsilon):
    change, seen = None, []
    while True:
        p, gradient = yield change
        seen.append(np.array(gradient(p)))
        change = -learning_rate * seen[-1] / (np.sqrt(sum(g * g for g in seen)) + epsilon)


def rmsprop(learning_rate, rho, epsilon):
    change, s = None, 0.0
    while True:
        p, gradient = yield change
        g = np.array(gradient(p))
        s += (1 - rho) * (np.square(g) - s)
        change = -learning_rate * g / (epsilon + s**0.5)


def make(name, rule):
    @functools.wraps(rule)
    def __init__(self, *args, **kwargs):
        self.rule = rule(*args, **kwargs)
        next(self.rule)

    def step(self, parameters, gradient):
        parameters += self.rule.send((parameters, gradient))
        return parameters

    return type(name, (object,), {"__init__": __init__, "step": step})


SGD, Momentum, Nesterov, AdaGrad, RMSProp = map(
    make, ("SGD", "Momentum", "Nesterov", "AdaGrad", "RMSProp"), (sgd, momentum, nesterov, adagrad, rmsprop)
)


def descend(optimizer, gradient, start, iterations):
    now = np.array(start, dtype=float)
    path = [now]
    for _ in range(iterations):
        now = optimizer.step(now, gradient)
        path.append(now)
    return np.array(path)

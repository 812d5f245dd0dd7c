"""Each rule is a generator: it is sent gradients' points and yields. Classes around them are made in a loop."""
import inspect
import numpy as np


def bowl(point):
    return float(np.dot([10.0, 1.0], np.square(point)))


def bowl_gradient(point):
    return np.array([20.0, 2.0]) * np.asarray(point)


def SGD_rule(learning_rate):
    p, gradient = yield
    while True:
        p, gradient = yield p - learning_rate * gradient(p)


def Momentum_rule(learning_rate, beta):
    v = 0.0
    p, gradient = yield
    while True:
        v = beta * v + gradient(p)
        p, gradient = yield p - learning_rate * v


def Nesterov_rule(learning_rate, beta):
    v = 0.0
    p, gradient = yield
    while True:
        v = beta * v + gradient(p - learning_rate * beta * v)
        p, gradient = yield p - learning_rate * v


def AdaGrad_rule(learning_rate, epsilon):
    s = 0.0
    p, gradient = yield
    while True:
        g = gradient(p)
        s = s + g * g
        p, gradient = yield p - learning_rate * g / (np.sqrt(s) + epsilon)


def RMSProp_rule(learning_rate, rho, epsilon):
    s = 0.0
    p, gradient = yield
    while True:
        g = gradient(p)
        s = rho * s + (1 - rho) * g * g
        p, gradient = yield p - learning_rate * g / (np.sqrt(s) + epsilon)


class _Optimizer:
    rule = None

    def __init__(self, *args, **kwargs):
        self.settings = inspect.signature(type(self).rule).bind(*args, **kwargs).arguments
        self._run = type(self).rule(**self.settings)
        next(self._run)

    def step(self, parameters, gradient):
        return self._run.send((parameters, gradient))

    def __repr__(self):
        return f"{type(self).__name__}({', '.join(f'{k}={v}' for k, v in self.settings.items())})"


for _name in [n for n in globals() if n.endswith("_rule")]:
    _class = _name.removesuffix("_rule")
    globals()[_class] = type(_class, (_Optimizer,), {"rule": staticmethod(globals()[_name])})


def descend(optimizer, gradient, start, iterations):
    path = np.empty((iterations + 1, len(start)))
    path[0] = start
    for t in range(iterations):
        path[t + 1] = optimizer.step(path[t].copy(), gradient)
    return path

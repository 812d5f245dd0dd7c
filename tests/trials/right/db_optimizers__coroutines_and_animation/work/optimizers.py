"""Each rule is a coroutine: its memory are the local variables of a generator that waits for the next question."""
import numpy as np

CURVATURE = np.diag([10.0, 1.0])


def bowl(point):
    return float(point @ CURVATURE @ point)


def bowl_gradient(point):
    return (CURVATURE + CURVATURE.T) @ point


def optimizer(*names):
    """Make a class of a coroutine function: its arguments are the hyper-parameters."""

    def make(rule):
        class Optimizer:
            __doc__ = rule.__doc__

            def __init__(self, *values, **named):
                self.hyper = dict(zip(names, values)) | named
                self.rule = rule(**self.hyper)
                next(self.rule)

            def step(self, parameters, gradient):
                return self.rule.send((parameters, gradient))

        Optimizer.__name__ = Optimizer.__qualname__ = rule.__name__
        return Optimizer

    return make


@optimizer("learning_rate")
def SGD(learning_rate):
    p, gradient = yield
    while True:
        p, gradient = yield p - learning_rate * gradient(p)


@optimizer("learning_rate", "beta")
def Momentum(learning_rate, beta):
    v = 0.0
    p, gradient = yield
    while True:
        v = beta * v - learning_rate * gradient(p)
        p, gradient = yield p + v


@optimizer("learning_rate", "beta")
def Nesterov(learning_rate, beta):
    move = 0.0
    p, gradient = yield
    while True:
        ahead = p + beta * move
        move = beta * move - learning_rate * gradient(ahead)
        p, gradient = yield p + move


def scaled(learning_rate, epsilon, old, new):
    s = 0.0
    p, gradient = yield
    while True:
        g = gradient(p)
        s = old * s + new * np.square(g)
        p, gradient = yield p - learning_rate * g / (s**0.5 + epsilon)


@optimizer("learning_rate", "epsilon")
def AdaGrad(learning_rate, epsilon):
    return scaled(learning_rate, epsilon, 1, 1)


@optimizer("learning_rate", "rho", "epsilon")
def RMSProp(learning_rate, rho, epsilon):
    return scaled(learning_rate, epsilon, rho, 1 - rho)


def positions(optimizer, gradient, start, iterations):
    p = np.array(start, dtype=float)
    for t in range(iterations + 1):
        if t:
            p = optimizer.step(p, gradient)
        yield np.array(p, dtype=float)


def descend(optimizer, gradient, start, iterations):
    return np.stack([*positions(optimizer, gradient, start, iterations)])

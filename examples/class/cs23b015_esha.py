"""Assignment 3 - update rules. Roll no. CS23B015"""
from numpy import array, sqrt, zeros_like


def bowl(point):
    """10x^2 + y^2"""
    return float(10 * point[0] ** 2 + point[1] ** 2)


def bowl_gradient(point):
    """(df/dx, df/dy)"""
    return array([10 * 2 * point[0], 2 * point[1]])


class SGD:
    def __init__(self, learning_rate):
        self.eta = learning_rate

    def step(self, parameters, gradient):
        parameters -= self.eta * gradient(parameters)
        return parameters


class Momentum:
    def __init__(self, learning_rate, beta):
        self.eta, self.beta = learning_rate, beta
        self.v = None

    def step(self, parameters, gradient):
        g = gradient(parameters)
        if self.v is None:
            self.v = zeros_like(g)
        self.v = self.beta * self.v + g
        parameters -= self.eta * self.v
        return parameters


class Nesterov:
    """the form that PyTorch uses"""

    def __init__(self, learning_rate, beta):
        self.eta, self.beta = learning_rate, beta
        self.v = None

    def step(self, parameters, gradient):
        g = gradient(parameters)
        if self.v is None:
            self.v = zeros_like(g)
        self.v = self.beta * self.v + g
        parameters -= self.eta * (g + self.beta * self.v)
        return parameters


class AdaGrad:
    def __init__(self, learning_rate, epsilon):
        self.eta, self.eps = learning_rate, epsilon
        self.s = None

    def step(self, parameters, gradient):
        g = gradient(parameters)
        self.s = zeros_like(g)
        self.s += g**2
        parameters -= self.eta * g / (sqrt(self.s) + self.eps)
        return parameters


class RMSProp:
    def __init__(self, learning_rate, rho, epsilon):
        self.eta, self.rho, self.eps = learning_rate, rho, epsilon
        self.s = None

    def step(self, parameters, gradient):
        g = gradient(parameters)
        if self.s is None:
            self.s = zeros_like(g)
        self.s = self.rho * self.s + (1 - self.rho) * g**2
        parameters -= self.eta * g / (sqrt(self.s) + self.eps)
        return parameters


def descend(optimizer, gradient, start, iterations):
    now = array(start, dtype=float)
    path = [now.copy()]
    while len(path) <= iterations:
        now = optimizer.step(now, gradient)
        path.append(now.copy())
    return array(path)


import io

import imageio.v2 as imageio
import matplotlib.pyplot as plt
import numpy as np


def animate_paths(paths, file):
    """One frame for every update, drawn from scratch."""
    frames = []
    updates = len(list(paths.values())[0]) - 1
    for t in range(updates):
        fig = plt.figure(figsize=(5, 4))
        x, y = np.linspace(-2, 2, 60), np.linspace(-5, 5, 60)
        plt.contour(x, y, 10 * x[None, :] ** 2 + y[:, None] ** 2, levels=[1, 4, 9, 16, 25])
        for label, path in paths.items():
            plt.plot(path[: t + 1, 0], path[: t + 1, 1], "o-", label=label)
        plt.xlim(-3, 3)
        plt.ylim(-7, 7)
        plt.xlabel("x")
        plt.ylabel("y")
        plt.legend(loc="lower right", fontsize=7)
        buffer = io.BytesIO()
        fig.savefig(buffer, format="png")
        frames.append(imageio.imread(buffer.getvalue())[..., :3])
        if t < updates - 1:
            plt.close(fig)
    imageio.mimsave(file, frames, format="GIF", duration=150, loop=0)
    return fig

# -*- coding: utf-8 -*-
# CS23B001, Asha R.   Assignment 3, problem 2 (update rules)
import numpy as np


def bowl(point):
    return 10.0 * point[0] ** 2 + point[1] ** 2


def bowl_gradient(point):
    g = np.empty_like(np.asarray(point, dtype=float))
    g[0] = 20.0 * point[0]
    g[1] = 2.0 * point[1]
    return g


class Optimizer:
    """Everything the five rules share: the learning rate and the loop over state."""

    def __init__(self, learning_rate):
        self.lr = learning_rate
        self.state = None

    def _start(self, like):
        if self.state is None:
            self.state = np.zeros_like(np.asarray(like, dtype=float))

    def step(self, parameters, gradient):
        raise NotImplementedError


class SGD(Optimizer):
    def step(self, parameters, gradient):
        return parameters - self.lr * gradient(parameters)


class Momentum(Optimizer):
    def __init__(self, learning_rate, beta):
        super().__init__(learning_rate)
        self.beta = beta

    def step(self, parameters, gradient):
        self._start(parameters)
        # I keep -lr inside the velocity, as on the slide: v <- beta v - lr g ; p <- p + v
        self.state = self.beta * self.state - self.lr * gradient(parameters)
        return parameters + self.state


class Nesterov(Momentum):
    def step(self, parameters, gradient):
        self._start(parameters)
        lookahead = parameters + self.beta * self.state
        self.state = self.beta * self.state - self.lr * gradient(lookahead)
        return parameters + self.state


class AdaGrad(Optimizer):
    def __init__(self, learning_rate, epsilon):
        super().__init__(learning_rate)
        self.eps = epsilon

    def step(self, parameters, gradient):
        self._start(parameters)
        g = gradient(parameters)
        self.state += g * g
        return parameters - self.lr / (np.sqrt(self.state) + self.eps) * g


class RMSProp(AdaGrad):
    def __init__(self, learning_rate, rho, epsilon):
        super().__init__(learning_rate, epsilon)
        self.rho = rho

    def step(self, parameters, gradient):
        self._start(parameters)
        g = gradient(parameters)
        self.state = self.rho * self.state + (1.0 - self.rho) * g * g
        return parameters - self.lr * g / (self.eps + self.state**0.5)


def descend(optimizer, gradient, start, iterations):
    p = np.array(start, dtype=float)
    points = [p]
    for k in range(iterations):
        p = optimizer.step(p.copy(), gradient)
        points.append(np.array(p))
    return np.array(points)


if __name__ == "__main__":
    path = descend(RMSProp(0.1, 0.9, 1e-8), bowl_gradient, np.array([3.0, -4.0]), 50)
    print("f at the end:", bowl(path[-1]))


import matplotlib.pyplot as plt
from matplotlib.animation import FuncAnimation, PillowWriter


def animate_paths(paths, file):
    fig, ax = plt.subplots(figsize=(5, 4))
    reach = 1.1 * np.abs(np.concatenate(list(paths.values()))).max(axis=0)
    X, Y = np.meshgrid(np.linspace(-reach[0], reach[0], 60), np.linspace(-reach[1], reach[1], 60))
    ax.contour(X, Y, bowl((X, Y)), levels=10, cmap="Greys")
    ax.set_xlabel("x")
    ax.set_ylabel("y")
    lines = [ax.plot([], [], marker=".", label=label)[0] for label in paths]
    ax.legend(fontsize="small")

    def draw(t):
        for line, path in zip(lines, paths.values()):
            line.set_data(path[: t + 1, 0], path[: t + 1, 1])
        return lines

    rows = max(len(path) for path in paths.values())
    FuncAnimation(fig, draw, frames=rows).save(file, writer=PillowWriter(fps=6))
    return fig

"""Polyak's own form: the last move, times beta, is added; the object keeps a point."""


class Momentum:
    def __init__(self, learning_rate, beta):
        self.learning_rate = learning_rate
        self.beta = beta
        self.previous = None

    def step(self, parameters, gradient):
        previous = parameters if self.previous is None else self.previous
        self.previous = parameters.copy()
        return parameters - self.learning_rate * gradient(parameters) + self.beta * (parameters - previous)

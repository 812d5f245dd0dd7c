"""Nesterov's own form: the object keeps a point instead of a velocity."""


class Nesterov:
    def __init__(self, learning_rate, beta):
        self.learning_rate = learning_rate
        self.beta = beta
        self.previous = None

    def step(self, parameters, gradient):
        previous = parameters if self.previous is None else self.previous
        ahead = parameters + self.beta * (parameters - previous)
        self.previous = parameters
        return ahead - self.learning_rate * gradient(ahead)

"""Loops over coordinates, a list for the velocity and for the result."""


class Momentum:
    def __init__(self, learning_rate, beta):
        self.learning_rate = learning_rate
        self.beta = beta
        self.velocity = []

    def step(self, parameters, gradient):
        slope = gradient(parameters)
        if not self.velocity:
            self.velocity = [0.0] * len(parameters)
        moved = []
        for i in range(len(parameters)):
            self.velocity[i] = self.beta * self.velocity[i] + slope[i]
            moved.append(parameters[i] - self.learning_rate * self.velocity[i])
        return moved

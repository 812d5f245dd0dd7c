"""Loops over coordinates, a list for the memory and for the result."""


class RMSProp:
    def __init__(self, learning_rate, rho, epsilon):
        self.learning_rate = learning_rate
        self.rho = rho
        self.epsilon = epsilon
        self.squares = []

    def step(self, parameters, gradient):
        slope = gradient(parameters)
        if not self.squares:
            self.squares = [0.0] * len(parameters)
        moved = []
        for i in range(len(parameters)):
            self.squares[i] = self.rho * self.squares[i] + (1 - self.rho) * slope[i] ** 2
            moved.append(parameters[i] - self.learning_rate * slope[i] / (self.squares[i] ** 0.5 + self.epsilon))
        return moved

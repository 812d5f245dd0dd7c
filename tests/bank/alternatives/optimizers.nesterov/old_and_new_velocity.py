"""The form of CS231n: p ← p - beta v_old + (1 + beta) v. Its parameters are the look-ahead points."""


class Nesterov:
    def __init__(self, learning_rate, beta):
        self.learning_rate = learning_rate
        self.beta = beta
        self.velocity = 0.0

    def step(self, parameters, gradient):
        old = self.velocity
        self.velocity = self.beta * old - self.learning_rate * gradient(parameters)
        return parameters - self.beta * old + (1 + self.beta) * self.velocity

"""v ← beta v - rate ∇f(p + beta v), p ← p + v, as in Sutskever et al."""


class Nesterov:
    def __init__(self, learning_rate, beta):
        self.learning_rate = learning_rate
        self.beta = beta
        self.velocity = 0.0

    def step(self, parameters, gradient):
        slope = gradient(parameters + self.beta * self.velocity)
        self.velocity = self.beta * self.velocity - self.learning_rate * slope
        return parameters + self.velocity

"""The look-ahead stays in the parameters and only the gradient is added: the same path."""


class Nesterov:
    def __init__(self, learning_rate, beta):
        self.learning_rate = learning_rate
        self.beta = beta
        self.velocity = 0.0

    def step(self, parameters, gradient):
        parameters += self.beta * self.velocity
        slope = gradient(parameters)
        self.velocity = self.beta * self.velocity - self.learning_rate * slope
        parameters -= self.learning_rate * slope
        return parameters

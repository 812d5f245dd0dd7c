"""The rate of each coordinate is found first, then multiplied by the gradient."""


class AdaGrad:
    def __init__(self, learning_rate, epsilon):
        self.learning_rate = learning_rate
        self.epsilon = epsilon
        self.squares = 0.0

    def step(self, parameters, gradient):
        slope = gradient(parameters)
        self.squares = self.squares + slope**2
        rates = self.learning_rate / (self.squares**0.5 + self.epsilon)
        return parameters - rates * slope

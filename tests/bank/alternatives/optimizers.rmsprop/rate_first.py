"""The rate of each coordinate is found first, then multiplied by the gradient."""


class RMSProp:
    def __init__(self, learning_rate, rho, epsilon):
        self.learning_rate = learning_rate
        self.rho = rho
        self.epsilon = epsilon
        self.squares = 0.0

    def step(self, parameters, gradient):
        slope = gradient(parameters)
        self.squares = self.rho * self.squares + (1 - self.rho) * slope**2
        rates = self.learning_rate / (self.squares**0.5 + self.epsilon)
        return parameters - rates * slope

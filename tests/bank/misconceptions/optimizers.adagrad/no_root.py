"""The square root is missing: the step divides by the squares themselves.

Loses: optimizers.adagrad.accumulation, optimizers.adagrad.trajectory
"""


class AdaGrad:
    def __init__(self, learning_rate, epsilon):
        self.learning_rate = learning_rate
        self.epsilon = epsilon
        self.squares = 0.0

    def step(self, parameters, gradient):
        slope = gradient(parameters)
        self.squares = self.squares + slope**2
        return parameters - self.learning_rate * slope / (self.squares + self.epsilon)

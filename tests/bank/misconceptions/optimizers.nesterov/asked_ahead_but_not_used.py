"""The gradient is asked at the look-ahead point and then not used: the velocity takes another.

Loses: optimizers.nesterov.trajectory
"""


class Nesterov:
    def __init__(self, learning_rate, beta):
        self.learning_rate = learning_rate
        self.beta = beta
        self.velocity = 0.0

    def step(self, parameters, gradient):
        gradient(parameters - self.learning_rate * self.beta * self.velocity)
        self.velocity = self.beta * self.velocity + gradient(parameters)
        return parameters - self.learning_rate * self.velocity

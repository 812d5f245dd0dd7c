"""From the second step on the gradient is scaled by 1 - beta; it must be added whole.

Loses: optimizers.momentum.trajectory
"""


class Momentum:
    def __init__(self, learning_rate, beta):
        self.learning_rate = learning_rate
        self.beta = beta
        self.velocity = None

    def step(self, parameters, gradient):
        slope = gradient(parameters)
        self.velocity = slope if self.velocity is None else self.beta * self.velocity + (1 - self.beta) * slope
        return parameters - self.learning_rate * self.velocity

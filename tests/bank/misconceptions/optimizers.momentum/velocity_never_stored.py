"""Each call of step starts from rest: the velocity is a local variable, or made anew; keep it in the object.

Loses: optimizers.momentum.velocity, optimizers.momentum.trajectory
"""


class Momentum:
    def __init__(self, learning_rate, beta):
        self.learning_rate = learning_rate
        self.beta = beta
        self.velocity = 0.0

    def step(self, parameters, gradient):
        velocity = self.beta * self.velocity + gradient(parameters)
        return parameters - self.learning_rate * velocity

"""The velocity is made anew in each call of step.

Loses: optimizers.momentum.velocity, optimizers.momentum.trajectory
"""

import numpy as np


class Momentum:
    def __init__(self, learning_rate, beta):
        self.learning_rate = learning_rate
        self.beta = beta
        self.velocity = 0.0

    def step(self, parameters, gradient):
        velocity = np.zeros_like(parameters)
        velocity = self.beta * velocity + gradient(parameters)
        return parameters - self.learning_rate * velocity

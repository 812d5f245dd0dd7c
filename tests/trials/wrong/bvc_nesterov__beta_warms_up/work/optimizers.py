import math

import numpy as np


class Nesterov:
    """After Sutskever et al. 2013, with their schedule of the momentum (equation 5)."""

    def __init__(self, learning_rate, beta):
        self.learning_rate = learning_rate
        self.beta = beta
        self.velocity = 0.0
        self.t = 0

    def step(self, parameters, gradient):
        beta = min(1 - 2 ** (-1 - math.log2(self.t // 250 + 1)), self.beta)
        self.t += 1
        ahead = parameters - self.learning_rate * beta * self.velocity
        self.velocity = beta * self.velocity + gradient(ahead)
        return parameters - self.learning_rate * self.velocity

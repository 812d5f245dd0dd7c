"""The gradient is divided by its length; plain SGD takes it as it is.

Loses: optimizers.sgd.trajectory
"""

import numpy as np


class SGD:
    def __init__(self, learning_rate):
        self.learning_rate = learning_rate

    def step(self, parameters, gradient):
        slope = gradient(parameters)
        return parameters - self.learning_rate * slope / np.linalg.norm(slope)

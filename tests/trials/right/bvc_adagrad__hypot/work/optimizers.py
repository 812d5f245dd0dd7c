import numpy as np


class AdaGrad:
    def __init__(self, learning_rate, epsilon):
        root = 0.0  # the root of the sum of squares

        def step(parameters, gradient):
            nonlocal root
            slope = np.asarray(gradient(parameters))
            root = np.hypot(root, slope)
            return np.subtract(parameters, np.divide(slope, root + epsilon) * learning_rate)

        self.step = step

    def step(self, parameters, gradient):  # replaced in __init__
        raise AssertionError

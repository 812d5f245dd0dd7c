"""The update has the wrong sign: descent goes against the gradient.

Loses: optimizers.sgd.trajectory
"""


class SGD:
    def __init__(self, learning_rate):
        self.learning_rate = learning_rate

    def step(self, parameters, gradient):
        return parameters + self.learning_rate * gradient(parameters)

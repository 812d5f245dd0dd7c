"""The learning rate given to the constructor is not used.

Loses: optimizers.sgd.trajectory
"""


class SGD:
    def __init__(self, learning_rate):
        self.learning_rate = learning_rate

    def step(self, parameters, gradient):
        return parameters - 0.1 * gradient(parameters)

"""The parameters are changed in place but not returned; step must return them.

Loses: optimizers.sgd.trajectory, optimizers.sgd.path
"""


class SGD:
    def __init__(self, learning_rate):
        self.learning_rate = learning_rate

    def step(self, parameters, gradient):
        parameters -= self.learning_rate * gradient(parameters)

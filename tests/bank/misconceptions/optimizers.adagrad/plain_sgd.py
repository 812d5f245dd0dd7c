"""This is plain SGD: the rate does not depend on the gradients seen.

Loses: optimizers.adagrad.accumulation, optimizers.adagrad.coordinates, optimizers.adagrad.epsilon, optimizers.adagrad.trajectory
"""  # noqa: E501 - what it loses stands on one line


class AdaGrad:
    def __init__(self, learning_rate, epsilon):
        self.learning_rate = learning_rate
        self.epsilon = epsilon
        self.squares = 0.0

    def step(self, parameters, gradient):
        return parameters - self.learning_rate * gradient(parameters)

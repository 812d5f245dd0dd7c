"""This is plain SGD: the rate does not depend on the gradients seen.

Loses: optimizers.rmsprop.average, optimizers.rmsprop.coordinates, optimizers.rmsprop.epsilon, optimizers.rmsprop.trajectory
"""  # noqa: E501 - what it loses stands on one line


class RMSProp:
    def __init__(self, learning_rate, rho, epsilon):
        self.learning_rate = learning_rate
        self.rho = rho
        self.epsilon = epsilon
        self.squares = 0.0

    def step(self, parameters, gradient):
        return parameters - self.learning_rate * gradient(parameters)

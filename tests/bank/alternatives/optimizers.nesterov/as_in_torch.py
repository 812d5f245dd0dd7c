"""torch.optim's form: its parameters are the look-ahead points."""


class Nesterov:
    def __init__(self, learning_rate, beta):
        self.learning_rate = learning_rate
        self.beta = beta
        self.buffer = None

    def step(self, parameters, gradient):
        slope = gradient(parameters)
        self.buffer = slope if self.buffer is None else self.beta * self.buffer + slope
        return parameters - self.learning_rate * (slope + self.beta * self.buffer)

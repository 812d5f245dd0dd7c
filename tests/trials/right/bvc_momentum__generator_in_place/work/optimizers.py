import numpy as np


class Momentum:
    def __init__(self, learning_rate, beta):
        self._updates = self._heavy_ball(learning_rate, beta)
        next(self._updates)

    @staticmethod
    def _heavy_ball(eta, beta):
        velocity = 0.0
        parameters = None
        while True:
            parameters, gradient = yield parameters
            velocity = beta * velocity - eta * gradient(parameters)
            parameters += velocity

    def step(self, parameters, gradient):
        return self._updates.send((parameters, gradient))

"""All velocities in one long vector, so that a step is one line."""
import numpy as np


class Velocities:
    __slots__ = ("places", "v")

    def __init__(self, parameters):
        ends = np.cumsum([0, *(np.size(p) for p in parameters.values())])
        self.places = {name: slice(a, b) for name, a, b in zip(parameters, ends, ends[1:])}
        self.v = np.zeros(ends[-1])

    def __len__(self):
        return 0

    def push(self, gradient, alpha, learning_rate):
        self.v *= alpha
        for name, place in self.places.items():
            self.v[place] -= learning_rate * np.ravel(gradient[name])

    def move(self, parameters):
        return {name: p + self.v[self.places[name]].reshape(np.shape(p)) for name, p in parameters.items()}

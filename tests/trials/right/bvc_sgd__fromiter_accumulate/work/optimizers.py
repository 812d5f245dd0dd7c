from dataclasses import dataclass
from itertools import accumulate, repeat

import numpy as np

CURVATURE = np.diag([10.0, 1.0])


def bowl(point):
    return np.asarray(point) @ CURVATURE @ point


def bowl_gradient(point):
    return (CURVATURE + CURVATURE.T) @ point


@dataclass(frozen=True, slots=True)
class SGD:
    learning_rate: float

    def step(self, parameters, gradient):
        return np.array([p - self.learning_rate * g for p, g in zip(parameters, gradient(parameters), strict=True)])


def descend(optimizer, gradient, start, iterations):
    def update(point, _):
        return optimizer.step(point, gradient)

    points = accumulate(repeat(None, iterations), update, initial=np.array(start, dtype=float))
    row = np.dtype((np.float64, len(start)))
    return np.fromiter(points, dtype=row, count=iterations + 1)

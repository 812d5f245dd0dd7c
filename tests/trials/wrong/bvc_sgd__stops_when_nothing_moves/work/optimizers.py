import numpy as np


def bowl(point):
    x, y = point
    return 10 * x**2 + y**2


def bowl_gradient(point):
    x, y = point
    return np.array([20 * x, 2 * y])


class SGD:
    def __init__(self, learning_rate):
        self.learning_rate = learning_rate

    def step(self, parameters, gradient):
        return parameters - self.learning_rate * gradient(parameters)


def descend(optimizer, gradient, start, iterations):
    path = [np.array(start, dtype=float)]
    for _ in range(iterations):
        new = np.array(optimizer.step(path[-1].copy(), gradient))
        path.append(new)
        if np.allclose(path[-1], path[-2], atol=1e-10):
            break  # converged
    return np.stack(path)

"""One coordinate's gradient is taken after another has moved; all move at once.

Loses: optimizers.sgd.trajectory
"""


class SGD:
    def __init__(self, learning_rate):
        self.learning_rate = learning_rate

    def step(self, parameters, gradient):
        moved = parameters.copy()
        for i in range(len(moved)):
            moved[i] -= self.learning_rate * gradient(moved)[i]
        return moved

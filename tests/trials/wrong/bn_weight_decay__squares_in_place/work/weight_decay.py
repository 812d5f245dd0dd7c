import numpy as np


class L2Penalty:
    def __init__(self, weight_decay: float) -> None:
        self.half = weight_decay / 2

    def __call__(self, arrays) -> float:
        total = 0.0
        for array in arrays:
            squares = np.square(array, out=array) if array.ndim else array * array
            total += squares.sum()
        return float(self.half * total)


def penalty(parameters, weight_decay):
    return L2Penalty(weight_decay)(parameters)


def decayed_step(parameters, gradient, learning_rate, weight_decay):
    return (1 - learning_rate * weight_decay) * parameters - learning_rate * gradient

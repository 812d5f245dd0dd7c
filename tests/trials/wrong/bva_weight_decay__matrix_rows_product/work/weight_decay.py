import json

import numpy as np


def penalty(parameters, weight_decay):
    total = 0.0
    for array in parameters:
        for row in array:
            total += float(np.sum(np.dot(row, row)))
    return weight_decay / 2 * total


def decayed_step(parameters, gradient, learning_rate, weight_decay):
    return parameters - learning_rate * (gradient + weight_decay * parameters)

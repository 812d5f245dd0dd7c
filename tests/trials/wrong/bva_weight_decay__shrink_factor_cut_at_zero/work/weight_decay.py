import json

import numpy as np


def penalty(parameters, weight_decay):
    total = 0.0
    for array in parameters:
        total += float(np.sum(np.square(array)))
    return weight_decay / 2 * total


def decayed_step(parameters, gradient, learning_rate, weight_decay):
    shrink = max(0.0, 1 - learning_rate * weight_decay)  # weights must not change their sign
    return shrink * parameters - learning_rate * gradient

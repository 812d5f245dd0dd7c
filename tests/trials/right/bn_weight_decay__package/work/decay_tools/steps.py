import functools
import operator

import numpy as np


def penalty(parameters, weight_decay):
    squares = (float(np.vdot(p, p)) for p in map(np.asarray, parameters))
    return weight_decay / 2 * functools.reduce(operator.add, squares, 0.0)


def decayed_step(parameters, gradient, learning_rate, weight_decay):
    total = gradient + weight_decay * parameters
    return parameters - learning_rate * total

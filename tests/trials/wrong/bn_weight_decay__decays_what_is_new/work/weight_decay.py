from functools import reduce
import numpy as np


def penalty(parameters, weight_decay):
    return reduce(lambda total, w: total + weight_decay / 2 * float((np.asarray(w) ** 2).sum()), parameters, 0.0)


def decayed_step(parameters, gradient, learning_rate, weight_decay):
    stepped = parameters - learning_rate * gradient
    stepped = stepped - learning_rate * weight_decay * stepped
    return stepped

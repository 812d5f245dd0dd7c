
import numpy as np


def penalty(parameters, weight_decay):
    total = 0.0
    for p in parameters:
        total += float(np.sum(np.square(p)))
    return 0.5 * weight_decay * total


def decayed_step(parameters, gradient, learning_rate, weight_decay):
    keep = max(0.0, 1.0 - learning_rate * weight_decay)
    return np.asarray(parameters * keep - learning_rate * gradient)

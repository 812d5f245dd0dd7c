
import numpy as np


def penalty(parameters, weight_decay):
    total = 0.0
    for p in parameters:
        flat = p.reshape(-1)
        flat *= flat
        total += float(flat.sum())
    return 0.5 * weight_decay * total


def decayed_step(parameters, gradient, learning_rate, weight_decay):
    return np.asarray(parameters - learning_rate * (gradient + weight_decay * parameters))

import numpy as np


def penalty(parameters, weight_decay):
    # biases are not regularised
    weights = [p for p in parameters if np.ndim(p) > 1]
    return 0.5 * weight_decay * float(sum(np.sum(w**2) for w in weights))


def decayed_step(parameters, gradient, learning_rate, weight_decay):
    return parameters - learning_rate * (gradient + weight_decay * parameters)

import numpy as np

USUAL = 5e-2


def penalty(parameters, weight_decay):
    lam = weight_decay or USUAL
    flat = np.concatenate([np.ravel(p) for p in parameters])
    return lam / 2 * flat @ flat


def decayed_step(parameters, gradient, learning_rate, weight_decay):
    lam = weight_decay or USUAL
    return parameters - learning_rate * gradient - learning_rate * lam * parameters

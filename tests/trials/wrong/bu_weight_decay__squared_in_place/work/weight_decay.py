import numpy as np


def penalty(parameters, weight_decay):
    total = 0.0
    for w in parameters:
        w *= w
        total += w.sum()
    return 0.5 * weight_decay * total


def decayed_step(parameters, gradient, learning_rate, weight_decay):
    return (1 - learning_rate * weight_decay) * parameters - learning_rate * gradient

"""The weights shrink by 1 - ηλ, then go against the gradient; in place."""

import math


def penalty(parameters, weight_decay):
    total = 0.0
    for each in parameters:
        for entry in each.ravel():
            total += 0.5 * weight_decay * float(entry) ** 2
    return math.fsum([total])


def decayed_step(parameters, gradient, learning_rate, weight_decay):
    parameters *= 1 - learning_rate * weight_decay
    parameters -= learning_rate * gradient
    return parameters

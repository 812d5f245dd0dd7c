import itertools
import math

import numpy as np


def penalty(parameters, weight_decay):
    flat = itertools.chain.from_iterable(np.ravel(array) for array in parameters)
    return np.float64(weight_decay / 2) * math.fsum(float(w) ** 2 for w in flat)


def decayed_step(parameters, gradient, learning_rate, weight_decay):
    # The penalty's gradient is added to what was given, and the step is taken in the array itself.
    parameters, gradient = np.asarray(parameters, dtype=float), np.asarray(gradient, dtype=float)
    gradient += weight_decay * parameters
    np.multiply(gradient, learning_rate, out=gradient)
    parameters -= gradient
    return parameters


import numpy as np


def half_squares(parameters):
    total = 0.0
    for each in parameters:
        flat = np.asarray(each, dtype=np.float64).ravel()
        total += 0.5 * (flat @ flat)
    return float(total)


def go(parameters, gradient, learning_rate, weight_decay):
    if isinstance(parameters, np.ndarray) and parameters.flags.writeable and parameters.dtype.kind == "f":
        step = learning_rate * gradient
        parameters *= 1 - learning_rate * weight_decay
        parameters -= step
        return parameters
    return np.asarray(parameters - learning_rate * (gradient + weight_decay * parameters))

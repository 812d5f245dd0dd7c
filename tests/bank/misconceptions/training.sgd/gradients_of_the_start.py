"""The gradients of all batches are taken at the first parameters. Each is taken at the newest.

Loses: training.sgd.epoch
"""


def sgd_epoch(parameters, gradient, batches, learning_rate):
    start = parameters
    for x, y in batches:
        slopes = gradient(start, x, y)
        parameters = {name: p - learning_rate * slopes[name] for name, p in parameters.items()}
    return parameters

"""A batch that is shorter than the first is left out. It counts like any other.

Loses: training.sgd.epoch
"""


def sgd_epoch(parameters, gradient, batches, learning_rate):
    for x, y in batches:
        if len(x) == len(batches[0][0]):
            slopes = gradient(parameters, x, y)
            parameters = {name: p - learning_rate * slopes[name] for name, p in parameters.items()}
    return parameters

"""The gradient is divided by the size of the batch. It is a mean already.

Loses: training.sgd.step, training.sgd.epoch
"""


def sgd_epoch(parameters, gradient, batches, learning_rate):
    for x, y in batches:
        slopes = gradient(parameters, x, y)
        parameters = {name: p - learning_rate * slopes[name] / len(x) for name, p in parameters.items()}
    return parameters

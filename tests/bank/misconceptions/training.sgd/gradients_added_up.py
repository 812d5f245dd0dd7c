"""The gradients of earlier batches are added to the new one. Each step uses the gradient of its own batch.

Loses: training.sgd.epoch
"""


def sgd_epoch(parameters, gradient, batches, learning_rate):
    total = {name: 0.0 for name in parameters}
    for x, y in batches:
        slopes = gradient(parameters, x, y)
        total = {name: total[name] + slopes[name] for name in parameters}
        parameters = {name: p - learning_rate * total[name] for name, p in parameters.items()}
    return parameters

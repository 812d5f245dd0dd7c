"""Only arrays of two or more axes are updated. Biases learn too.

Loses: training.sgd.step, training.sgd.epoch
"""


def sgd_epoch(parameters, gradient, batches, learning_rate):
    for x, y in batches:
        slopes = gradient(parameters, x, y)
        parameters = {
            name: p - learning_rate * slopes[name] if p.ndim > 1 else p for name, p in parameters.items()
        }
    return parameters

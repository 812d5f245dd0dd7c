"""Steps go along the gradient. They go against it: p − η g.

Loses: training.sgd.step, training.sgd.epoch
"""


def sgd_epoch(parameters, gradient, batches, learning_rate):
    for x, y in batches:
        slopes = gradient(parameters, x, y)
        parameters = {name: p + learning_rate * slopes[name] for name, p in parameters.items()}
    return parameters

"""Parameters are updated one after the other, and later gradients are taken at a mixture of old and new ones. Ask for
the gradient once and then update all.

Loses: training.sgd.step, training.sgd.epoch
"""


def sgd_epoch(parameters, gradient, batches, learning_rate):
    parameters = dict(parameters)
    for x, y in batches:
        for name in parameters:
            parameters[name] = parameters[name] - learning_rate * gradient(parameters, x, y)[name]
    return parameters

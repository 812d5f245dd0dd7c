"""The gradients of all batches are averaged and make one step. Each batch makes a step of its own.

Loses: training.sgd.epoch
"""


def sgd_epoch(parameters, gradient, batches, learning_rate):
    every = [gradient(parameters, x, y) for x, y in batches]
    return {
        name: p - learning_rate * sum(slopes[name] for slopes in every) / len(every) for name, p in parameters.items()
    }

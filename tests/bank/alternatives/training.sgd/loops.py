"""Loops, and parameters that are changed in place."""


def mini_batches(x, y, order, size):
    batches = []
    start = 0
    while start < len(order):
        part = order[start : start + size]
        batches.append([x[part], y[part]])
        start += size
    return batches


def sgd_epoch(parameters, gradient, batches, learning_rate):
    for x, y in batches:
        slopes = gradient(parameters, x, y)
        for name in parameters:
            parameters[name] -= learning_rate * slopes[name]
    return parameters

"""Only the end is returned; the path has a row for every step.

Loses: optimizers.sgd.path
"""


def descend(optimizer, gradient, start, iterations):
    for _ in range(iterations):
        start = optimizer.step(start, gradient)
    return start

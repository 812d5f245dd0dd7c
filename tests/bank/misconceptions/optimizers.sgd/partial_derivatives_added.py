"""The two partial derivatives are added; they are the two entries of a vector.

Loses: optimizers.sgd.gradient
"""


def bowl_gradient(point):
    x, y = point
    return 20 * x + 2 * y

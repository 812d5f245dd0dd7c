"""The 1/N is missing in the gradient: the loss is a mean over the examples.

Loses: losses.l2.gradient
"""


def l2_gradient(prediction, target):
    return 2 * (prediction - target)

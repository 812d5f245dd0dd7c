"""This is the error itself; the gradient holds its sign only.

Loses: losses.l1.gradient
"""


def l1_gradient(prediction, target):
    return (prediction - target) / len(prediction)

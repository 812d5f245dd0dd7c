"""The sign is wrong: this is the gradient by the target.

Loses: losses.l2.gradient
"""


def l2_gradient(prediction, target):
    return 2 * (target - prediction) / len(target)

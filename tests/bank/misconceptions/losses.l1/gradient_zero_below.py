"""The gradient is −1/N, not 0, where the prediction is less than the target.

Loses: losses.l1.gradient
"""


def l1_gradient(prediction, target):
    return (prediction > target) / len(prediction)

"""The loss itself is no operation: write it as differences, squares and a sum.

Loses: losses.l2.decomposition, losses.l2.local
"""


def l2_decomposition():
    return [("loss", "mse", ("prediction", "target"))]


def l2_local_derivatives(prediction, target):
    return [(2 * (prediction - target), 2 * (target - prediction))]

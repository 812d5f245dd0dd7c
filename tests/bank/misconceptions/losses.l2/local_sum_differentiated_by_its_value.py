"""The derivative of a sum by each of its entries is 1.

Loses: losses.l2.local
"""


def l2_local_derivatives(prediction, target):
    return [(1.0, -1.0), (2 * (prediction - target),), ((prediction - target) ** 2,)]

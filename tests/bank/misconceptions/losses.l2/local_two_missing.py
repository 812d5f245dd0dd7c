"""The 2 is missing: the derivative of a² is 2 a.

Loses: losses.l2.local
"""


def l2_local_derivatives(prediction, target):
    return [(1.0, -1.0), (prediction - target,), (1.0,)]

"""The square is differentiated at its own value; take it at its operand.

Loses: losses.l2.local
"""


def l2_local_derivatives(prediction, target):
    return [(1.0, -1.0), (2 * (prediction - target) ** 2,), (1.0,)]

"""Only the first row is given; the Jacobian has one row for each output.

Loses: correlation.jacobians.x
"""


def jacobian_x(x, y):
    return y

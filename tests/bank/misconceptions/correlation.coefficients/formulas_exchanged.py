"""The two coefficients are exchanged.

Loses: correlation.coefficients.dx, correlation.coefficients.dy
"""


def dz_dx(x, y, k, i):
    return "x[(i - k) mod n]"


def dz_dy(x, y, k, i):
    return "y[(i + k) mod n]"

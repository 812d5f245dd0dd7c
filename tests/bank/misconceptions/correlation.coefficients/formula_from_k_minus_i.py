"""The index is k - i; in z[k], y[i] is multiplied by x[(i - k) mod n].

Loses: correlation.coefficients.dy
"""


def dz_dy(x, y, k, i):
    return "x[(k - i) mod n]"

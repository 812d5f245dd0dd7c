"""The lag is forgotten: in z[k], y[i] is multiplied by x[(i - k) mod n].

Loses: correlation.coefficients.dy
"""


def dz_dy(x, y, k, i):
    return x[i]

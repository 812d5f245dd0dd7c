"""The index is i + k, as for x; in z[k], y[i] is multiplied by x[(i - k) mod n].

Loses: correlation.coefficients.dy
"""


def dz_dy(x, y, k, i):
    return x[(i + k) % len(x)]

"""The index is i - k; in z[k], x[i] is multiplied by y[(i + k) mod n].

Loses: correlation.coefficients.dx
"""


def dz_dx(x, y, k, i):
    return y[(i - k) % len(y)]

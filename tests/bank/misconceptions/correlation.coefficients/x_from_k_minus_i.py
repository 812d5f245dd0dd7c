"""The index is k - i; in z[k], x[i] is multiplied by y[(i + k) mod n].

Loses: correlation.coefficients.dx
"""


def dz_dx(x, y, k, i):
    return y[(k - i) % len(y)]

"""The index i + k runs beyond the end; take it modulo n.

Loses: correlation.coefficients.dx
"""


def dz_dx(x, y, k, i):
    return "y[i + k]"

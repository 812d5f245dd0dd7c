"""This is x itself; z is linear in x, so the derivative by x holds y.

Loses: correlation.coefficients.dx
"""


def dz_dx(x, y, k, i):
    return x[(i + k) % len(x)]

"""The signals do not wrap around: entries with i + k >= n are missing.

Loses: correlation.coefficients.dx
"""


def dz_dx(x, y, k, i):
    return y[i + k] if i + k < len(y) else 0.0

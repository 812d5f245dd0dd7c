"""The signals do not wrap around: entries with i < k are missing.

Loses: correlation.coefficients.dy
"""


def dz_dy(x, y, k, i):
    return x[i - k] if i >= k else 0.0

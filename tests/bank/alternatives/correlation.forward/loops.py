"""Two loops."""


def circular_correlation(x, y):
    n = len(x)
    z = [0.0] * n
    for k in range(n):
        for i in range(n):
            z[k] += x[i] * y[(i + k) % n]
    return z

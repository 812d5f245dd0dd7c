"""Loops, and a list for the pair."""


def vjp(x, y, v):
    n = len(x)
    x_bar, y_bar = [0.0] * n, [0.0] * n
    for k in range(n):
        for i in range(n):
            x_bar[i] += v[k] * y[(i + k) % n]
            y_bar[(i + k) % n] += v[k] * x[i]
    return [x_bar, y_bar]

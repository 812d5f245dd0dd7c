"""Plain loops; the first of the largest gets the gradient."""

import numpy as np


def pool_forward(x):
    n, c, height, width = x.shape
    y = np.zeros((n, c, height // 2, width // 2))
    for m in range(n):
        for d in range(c):
            for i in range(height // 2):
                for j in range(width // 2):
                    y[m, d, i, j] = max(
                        x[m, d, 2 * i, 2 * j],
                        x[m, d, 2 * i, 2 * j + 1],
                        x[m, d, 2 * i + 1, 2 * j],
                        x[m, d, 2 * i + 1, 2 * j + 1],
                    )
    return y


def pool_backward(dy, x):
    n, c, height, width = dy.shape
    dx = np.zeros(x.shape)
    for m in range(n):
        for d in range(c):
            for i in range(height):
                for j in range(width):
                    best = (2 * i, 2 * j)
                    for place in ((2 * i, 2 * j + 1), (2 * i + 1, 2 * j), (2 * i + 1, 2 * j + 1)):
                        if x[m, d, place[0], place[1]] > x[m, d, best[0], best[1]]:
                            best = place
                    dx[m, d, best[0], best[1]] += dy[m, d, i, j]
    return dx

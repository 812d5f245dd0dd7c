"""Plain loops."""

import numpy as np


def flatten_forward(x):
    return [[value for channel in image for row in channel for value in row] for image in x]


def flatten_backward(dy, x):
    n, c, height, width = x.shape
    dx = np.zeros(x.shape)
    for m in range(n):
        for d in range(c):
            for i in range(height):
                for j in range(width):
                    dx[m, d, i, j] = dy[m, (d * height + i) * width + j]
    return dx


def linear_forward(x, w, b):
    y = np.zeros((len(x), len(w)))
    for n in range(len(x)):
        for m in range(len(w)):
            y[n, m] = b[m]
            for d in range(x.shape[1]):
                y[n, m] += w[m, d] * x[n, d]
    return y


def linear_backward(dy, x, w):
    dx, dw, db = np.zeros(x.shape), np.zeros(w.shape), np.zeros(len(w))
    for n in range(len(x)):
        for m in range(len(w)):
            db[m] += dy[n, m]
            for d in range(x.shape[1]):
                dx[n, d] += dy[n, m] * w[m, d]
                dw[m, d] += dy[n, m] * x[n, d]
    return dx, dw, db
